import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered; on a busy machine that takes longer than the defaults allow.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(90_000);
