import type { ArtifactFile } from '@agentic-backstage/plugin-agentic-common';
import ExpandMore from '@mui/icons-material/ExpandMore';
import FolderOutlined from '@mui/icons-material/FolderOutlined';
import InsertDriveFileOutlined from '@mui/icons-material/InsertDriveFileOutlined';
import Collapse from '@mui/material/Collapse';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import { useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { fileTree, type Folder } from './fileTree';

interface TreeProps {
  readonly selected: string | undefined;
  readonly onSelect: (path: string) => void;
}

function FolderContent(
  props: TreeProps & { folder: Folder; depth: number; label?: string },
) {
  const { folder, depth, selected, onSelect } = props;
  const indent = { pl: 1 + depth * 2, py: 0.25 };
  return (
    <List dense disablePadding aria-label={props.label}>
      {folder.folders.map(child => (
        <SubFolder
          key={child.path}
          folder={child}
          depth={depth}
          selected={selected}
          onSelect={onSelect}
        />
      ))}
      {folder.files.map(file => (
        <ListItem key={file.path} disablePadding>
          <ListItemButton
            sx={indent}
            selected={selected === file.path}
            aria-current={selected === file.path ? 'true' : undefined}
            onClick={() => onSelect(file.path)}
          >
            <ListItemIcon sx={{ minWidth: 28 }}>
              <InsertDriveFileOutlined fontSize="small" aria-hidden />
            </ListItemIcon>
            <ListItemText
              primary={file.path.slice(
                folder.path === '' ? 0 : folder.path.length + 1,
              )}
              primaryTypographyProps={{ noWrap: true, title: file.path }}
            />
          </ListItemButton>
        </ListItem>
      ))}
    </List>
  );
}

function SubFolder(props: TreeProps & { folder: Folder; depth: number }) {
  const { folder, depth } = props;
  const [open, setOpen] = useState(depth < 1);
  return (
    <ListItem disablePadding sx={{ display: 'block' }}>
      <ListItemButton
        sx={{ pl: 1 + depth * 2, py: 0.25 }}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ListItemIcon sx={{ minWidth: 28 }}>
          <FolderOutlined fontSize="small" aria-hidden />
        </ListItemIcon>
        <ListItemText primary={folder.name} />
        <ExpandMore
          fontSize="small"
          aria-hidden
          sx={{ transform: open ? 'none' : 'rotate(-90deg)' }}
        />
      </ListItemButton>
      <Collapse in={open} unmountOnExit>
        <FolderContent {...props} depth={depth + 1} />
      </Collapse>
    </ListItem>
  );
}

/** Files by folder; a click on a file selects it. */
export function FileTree(
  props: TreeProps & { files: readonly ArtifactFile[] },
) {
  const { t } = useAgenticTranslation();
  const { files, ...rest } = props;
  return (
    <FolderContent
      {...rest}
      folder={fileTree(files)}
      depth={0}
      label={t('common.filesOf')}
    />
  );
}
