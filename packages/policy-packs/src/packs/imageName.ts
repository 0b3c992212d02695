/** The parts of the name of an image. */
export interface ImageName {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes the name of an image apart. Without a registry it is Docker Hub's. */
export function parseImageName(image: string): ImageName {
  const [named, digest] = image.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const path = hasTag ? named.slice(0, colon) : named;
  const [first, ...rest] = path.split('/');
  const isRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  return {
    registry: isRegistry ? first : 'docker.io',
    repository: isRegistry ? rest.join('/') : path,
    ...(hasTag && { tag: named.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}
