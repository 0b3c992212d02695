import type { CheckFinding, PolicyRule } from '../../rules/PolicyRule';
import { parseImageName } from '../imageName';
import { finalChain, stagesOf } from './stages';

const ROOT = /^(?:root|0+)(?::|$)/i;
// Images that set a user of their own.
const NON_ROOT_IMAGE =
  /(?:^|[-/:])(?:nonroot|rootless|unprivileged)\b|^(?:cgr\.dev\/chainguard|dhi\.io)\//;

/** Rules about the user and the base of images. */
export const IMAGE_USER_RULES: readonly PolicyRule[] = [
  {
    id: 'docker-root-user',
    category: 'docker-root-user',
    severity: 'high',
    topics: ['user'],
    title: 'Images do not run as root',
    remedy: 'Create a user, and name it with USER in the last stage',
    checks: [
      {
        platform: 'dockerfile',
        find: resource => {
          const stages = stagesOf(resource);
          const chain = finalChain(stages);
          for (const { instructions } of chain) {
            const user = instructions.findLast(
              ({ keyword }) => keyword === 'USER',
            );
            if (user !== undefined) {
              return ROOT.test(user.text.trim())
                ? [
                    {
                      line: user.line,
                      message: 'The image runs as root: that is its last USER',
                    },
                  ]
                : [];
            }
          }
          const base = chain.at(-1);
          if (base?.image === undefined) {
            return [{ line: base?.line, unknown: true }];
          }
          return NON_ROOT_IMAGE.test(base.image)
            ? []
            : [
                {
                  line: stages.at(-1)?.line,
                  message: 'The image runs as root: no USER is set',
                },
              ];
        },
      },
    ],
  },
  {
    id: 'docker-image-tag',
    category: 'image-tag',
    severity: 'medium',
    topics: ['latest'],
    title: 'Base images have a fixed version',
    remedy:
      'Write a version, or better a digest, behind the name of the base image',
    checks: [
      {
        platform: 'dockerfile',
        find: resource => {
          const stages = stagesOf(resource);
          return stages.flatMap(({ image, line }, index): CheckFinding[] => {
            const earlier = stages.slice(0, index).map(({ alias }) => alias);
            if (image === undefined) {
              return [{ line, unknown: true }];
            }
            const { tag, digest } = parseImageName(image);
            const fixed =
              image === 'scratch' ||
              earlier.includes(image) ||
              digest !== undefined ||
              (tag !== undefined && tag !== 'latest');
            return fixed
              ? []
              : [{ line, message: `${image} is no fixed version` }];
          });
        },
      },
    ],
  },
];
