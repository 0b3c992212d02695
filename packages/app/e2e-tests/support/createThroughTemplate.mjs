/** Opens the form of a software template by its title, the way a user gets there. */
export async function openTemplate(page, title) {
  await page
    .getByRole('link', { name: 'Create', exact: false })
    .first()
    .click();
  const card = page
    .locator('[class*="MuiCard"], [class*="bui-Card"]')
    .filter({ hasText: title })
    .last();
  await card.getByRole('button', { name: 'Choose' }).click();
  await page.getByLabel('Name').first().waitFor();
}
