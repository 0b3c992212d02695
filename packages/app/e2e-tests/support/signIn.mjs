/** Signs in on the sign-in page as one of the example people, by the beginning of the name. */
export async function signIn(page, name, path = '/') {
  await page.goto(path);
  await page
    .getByRole('button', { name: new RegExp(`^Sign in as ${name}`) })
    .click();
  await page.getByRole('link', { name: 'Workflows' }).first().waitFor();
}

/** Signs out on the settings page; the sign-in page comes back. */
export async function signOut(page) {
  await page.goto('/settings');
  await page.getByTestId('user-settings-menu').click();
  await page.getByTestId('sign-out').click();
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
}
