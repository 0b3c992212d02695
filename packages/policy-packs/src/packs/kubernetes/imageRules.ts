import type { Parameters, PolicyRule } from '../../rules/PolicyRule';
import { parseImageName } from '../imageName';
import { containerCheck, fits, textsOf } from './workload';

// Frozen since 2023: it gets no fixes any more.
const DEAD_REGISTRIES = ['k8s.gcr.io'];

const isDead = (name: string) =>
  DEAD_REGISTRIES.some(dead => name === dead || name.startsWith(`${dead}/`));

function isAllowed(image: string, parameters: Parameters): boolean {
  const { registry, repository } = parseImageName(image);
  const full = `${registry}/${repository}`;
  const named =
    textsOf(parameters, 'repos') ?? textsOf(parameters, 'allowedRegistries');
  // A list of dead registries only cannot be what is allowed: Gatekeeper's disallowedrepos has the same name for it.
  const prefixes = named?.every(isDead) ? undefined : named;
  const patterns = textsOf(parameters, 'allowedImages');
  const repositories = textsOf(parameters, 'imageRepositoryAllowList');
  const checks = [
    prefixes?.some(
      prefix => image.startsWith(prefix) || full.startsWith(prefix),
    ),
    patterns?.some(pattern => fits(image, pattern)),
    repositories?.some(
      name =>
        registry === name ||
        registry.endsWith(`.${name}`) ||
        image.startsWith(name),
    ),
  ].filter(check => check !== undefined);
  return checks.every(Boolean);
}

function isForbidden(image: string, parameters: Parameters): boolean {
  const { registry } = parseImageName(image);
  const forbidden = [
    ...(textsOf(parameters, 'untrustedRegistries') ?? []),
    ...(textsOf(parameters, 'disallowedRepos') ?? []),
    ...DEAD_REGISTRIES,
  ];
  return forbidden.some(name => registry === name || image.startsWith(name));
}

/** Rules about where images come from, and which version of them. */
export const IMAGE_RULES: readonly PolicyRule[] = [
  {
    id: 'k8s-image-registry',
    category: 'image-registry',
    severity: 'high',
    topics: ['registry'],
    title: 'Images come from registries that are trusted',
    remedy:
      'Take the image from a registry that the parameters repos, allowedImages or imageRepositoryAllowList name',
    checks: [
      containerCheck('own', ({ image }, _workload, { parameters }) =>
        image !== '' &&
        (!isAllowed(image, parameters) || isForbidden(image, parameters))
          ? `takes ${image} from a registry that is not allowed`
          : undefined,
      ),
    ],
  },
  {
    id: 'k8s-image-tag',
    category: 'image-tag',
    severity: 'medium',
    topics: ['latest'],
    title: 'Images have a fixed version',
    remedy: 'Write a version, or better a digest, behind the name of the image',
    checks: [
      containerCheck('own', ({ image }, _workload, { parameters }) => {
        const { tag, digest } = parseImageName(image);
        const floating = textsOf(parameters, 'tags') ?? ['latest'];
        return digest === undefined &&
          (tag === undefined || floating.includes(tag))
          ? `takes ${image || 'an image'} in no fixed version`
          : undefined;
      }),
    ],
  },
];
