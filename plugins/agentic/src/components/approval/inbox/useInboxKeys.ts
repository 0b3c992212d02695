import { useEffect, useState, type RefObject } from 'react';

const STORED = 'agentic.inbox.keys';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input, textarea, select, [role="combobox"], [role="listbox"], [role="dialog"]',
      ) !== null)
  );
}

/**
 * Moves the focus through the links of a list with j and k; Enter follows the one that has it, as ever.
 * `?` calls for help. The keys can be switched off, and stay so in this browser, because single letters
 * get in the way of speech input.
 */
export function useInboxKeys(
  list: RefObject<HTMLElement>,
  onHelp: () => void,
): { readonly enabled: boolean; readonly enable: (on: boolean) => void } {
  const [enabled, setEnabled] = useState(
    () => window.localStorage.getItem(STORED) !== 'off',
  );

  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target)
      ) {
        return;
      }
      if (event.key === '?') {
        onHelp();
        return;
      }
      const step = { j: 1, k: -1 }[event.key];
      const links = [
        ...(list.current?.querySelectorAll<HTMLElement>('[data-inbox] h4 a') ??
          []),
      ];
      if (step === undefined || links.length === 0) return;
      const at = links.findIndex(link => link === document.activeElement);
      const next =
        at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
      links[next].focus();
      links[next].scrollIntoView?.({ block: 'nearest' });
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled, list, onHelp]);

  const enable = (on: boolean) => {
    window.localStorage.setItem(STORED, on ? 'on' : 'off');
    setEnabled(on);
  };
  return { enabled, enable };
}
