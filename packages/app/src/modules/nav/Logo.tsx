/** The mark of the portal: three tasks and the way between them. */
function Mark() {
  return (
    <g>
      <path
        d="M8 22 L16 8 L24 22"
        fill="none"
        stroke="#8fd3ff"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="8" cy="22" r="4.5" fill="#ffffff" />
      <circle cx="16" cy="8" r="4.5" fill="#8fd3ff" />
      <circle cx="24" cy="22" r="4.5" fill="#6ee7a8" />
    </g>
  );
}

/** The mark alone, for the narrow sidebar. */
export function LogoIcon() {
  return (
    <svg width="30" height="30" viewBox="0 0 32 30" aria-hidden>
      <Mark />
    </svg>
  );
}

/** The mark with the name of the portal. */
export function LogoFull() {
  return (
    <svg
      width="176"
      height="30"
      viewBox="0 0 176 30"
      role="img"
      aria-label="Agentic Portal"
    >
      <Mark />
      <text
        x="38"
        y="21"
        fill="#ffffff"
        fontFamily="Helvetica, Arial, sans-serif"
        fontSize="17"
        textLength="132"
        lengthAdjust="spacingAndGlyphs"
        fontWeight="600"
      >
        Agentic Portal
      </text>
    </svg>
  );
}
