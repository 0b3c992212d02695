import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  const originalEnv = process.env;

  afterEach(() => {
    process.env = originalEnv;
  });

  it('starts with the sign-in page', async () => {
    const config = {
      context: 'test',
      data: {
        app: { title: 'Example Portal', baseUrl: 'http://localhost' },
        backend: { baseUrl: 'http://localhost:7007' },
        agentic: {
          examplePeople: [
            {
              entityRef: 'user:default/ada.reyes',
              name: 'Ada Reyes',
              title: 'Developer',
            },
          ],
        },
      },
    };
    // This is where the command line puts the configuration; its type only knows text.
    process.env = Object.assign({ ...originalEnv }, { APP_CONFIG: [config] });
    render(App.createRoot());
    expect(
      await screen.findByRole('button', {
        name: 'Sign in as Ada Reyes, Developer',
      }),
    ).toBeInTheDocument();
  });
});
