/** The page of a workflow as somebody reads it. */
export class WorkflowPage {
  constructor(page) {
    this.page = page;
    this.tasks = page.getByRole('group', {
      name: 'Tasks and their dependencies',
    });
  }

  status() {
    return this.page.getByRole('status', { name: 'Workflow status' });
  }

  /** Waits for the status; says which one is shown when it does not come. */
  async waitForStatus(label, timeout = 180_000) {
    try {
      await this.status()
        .getByText(label, { exact: true })
        .waitFor({ timeout });
    } catch (error) {
      throw new Error(
        `The status is "${await this.status().textContent()}", not "${label}"`,
        { cause: error },
      );
    }
  }

  task(id) {
    return this.tasks.getByRole('button', {
      name: new RegExp(`^(Task )?${id}\\b`),
    });
  }

  async openTab(name) {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await this.page
      .getByRole('tabpanel', { name: new RegExp(`^${name}`) })
      .waitFor();
  }

  /** The description that belongs to a term, for example `Repository`. */
  fact(term) {
    return this.page
      .locator('dt', { hasText: new RegExp(`^${term}$`) })
      .locator('xpath=following-sibling::dd[1]')
      .first();
  }

  /** Marks the document, so that `wasReloaded` can tell whether it is still the same one. */
  async markDocument() {
    await this.page.evaluate(() => {
      document.documentElement.dataset.sameDocument = 'yes';
    });
  }

  async wasReloaded() {
    return this.page.evaluate(
      () => document.documentElement.dataset.sameDocument !== 'yes',
    );
  }
}
