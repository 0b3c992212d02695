/** The field for the name of the service, in the first step. */
export const nameField = page => page.getByRole('textbox', { name: 'Name' });

/** Opens the form of a software template the way a user gets there. */
export async function openTemplate(page, title) {
  await page.getByRole('link', { name: 'Create' }).first().click();
  await page
    .locator('.MuiCard-root', {
      has: page.getByRole('heading', { name: title }),
    })
    .getByRole('button', { name: 'Choose' })
    .click();
  await nameField(page).waitFor();
}

/** Goes on to the next step of the form. */
export async function next(page) {
  await page.getByRole('button', { name: 'Next' }).click();
}

/** Fills the first step of the form. */
export async function fillService(page, { name, description, owner }) {
  await nameField(page).fill(name);
  if (description) {
    await page
      .getByRole('textbox', { name: 'What is it for?' })
      .fill(description);
  }
  await page.getByRole('textbox', { name: 'Owner' }).click();
  await page.getByRole('option', { name: owner }).click();
}

/** Makes the choices of the second step, by what the lists show. */
export async function choose(page, choices) {
  for (const [label, option] of Object.entries(choices)) {
    await page.getByRole('button', { name: new RegExp(`^${label} `) }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
    await page
      .getByRole('button', { name: `${label} ${option}`, exact: true })
      .waitFor();
  }
}

/** Goes through the review and starts the creation. */
export async function reviewAndCreate(page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
}
