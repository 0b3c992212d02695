import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './openApiDocument';

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(openApiDocument());
    expect(result).toEqual({ valid: true });
  });
});
