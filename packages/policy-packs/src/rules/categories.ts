import type { PolicySeverity } from './PolicyRule';

/** The controls of each framework that a rule gives evidence for. */
export interface Controls {
  readonly SOC2?: readonly string[];
  readonly HIPAA?: readonly string[];
  readonly 'PCI DSS 4'?: readonly string[];
  readonly 'ISO 27001'?: readonly string[];
  readonly GDPR?: readonly string[];
  readonly CCPA?: readonly string[];
  readonly 'NIST AI RMF'?: readonly string[];
}

interface CategoryEntry {
  readonly title: string;
  readonly severity: PolicySeverity;
  readonly controls: Controls;
}

const PRIVACY = { GDPR: ['Art. 32'], CCPA: ['1798.150'] } as const;

/** The kinds of rules, each with the controls that its rules give evidence for. */
export const CATEGORIES = {
  'public-storage': {
    title: 'Storage that anybody can read',
    severity: 'critical',
    controls: {
      SOC2: ['CC6.1', 'CC6.6'],
      HIPAA: ['164.312(a)(1)'],
      'PCI DSS 4': ['1.4.4', '7.2.1'],
      'ISO 27001': ['A.5.15', 'A.8.3'],
      ...PRIVACY,
      'NIST AI RMF': ['MANAGE 1.3'],
    },
  },
  'encryption-at-rest': {
    title: 'Encryption at rest',
    severity: 'high',
    controls: {
      SOC2: ['CC6.1', 'CC6.7'],
      HIPAA: ['164.312(a)(2)(iv)'],
      'PCI DSS 4': ['3.5.1'],
      'ISO 27001': ['A.8.24'],
      ...PRIVACY,
    },
  },
  'encryption-cmk': {
    title: "Encryption with keys of one's own",
    severity: 'low',
    controls: {
      SOC2: ['CC6.1'],
      HIPAA: ['164.312(a)(2)(iv)'],
      'PCI DSS 4': ['3.6.1', '3.7.1'],
      'ISO 27001': ['A.8.24'],
    },
  },
  'encryption-in-transit': {
    title: 'Encryption in transit',
    severity: 'high',
    controls: {
      SOC2: ['CC6.7'],
      HIPAA: ['164.312(e)(1)'],
      'PCI DSS 4': ['4.2.1'],
      'ISO 27001': ['A.8.24', 'A.5.14'],
      ...PRIVACY,
    },
  },
  iam: {
    title: 'Rights no wider than needed',
    severity: 'high',
    controls: {
      SOC2: ['CC6.1', 'CC6.3'],
      HIPAA: ['164.308(a)(4)', '164.312(a)(1)'],
      'PCI DSS 4': ['7.2.1', '7.2.2'],
      'ISO 27001': ['A.5.15', 'A.5.18', 'A.8.2'],
      GDPR: ['Art. 25', 'Art. 32'],
      'NIST AI RMF': ['GOVERN 2.1'],
    },
  },
  'network-open-ingress': {
    title: 'Networks closed to the world',
    severity: 'high',
    controls: {
      SOC2: ['CC6.6'],
      HIPAA: ['164.312(e)(1)'],
      'PCI DSS 4': ['1.3.1', '1.4.2'],
      'ISO 27001': ['A.8.20', 'A.8.22'],
      GDPR: ['Art. 32'],
    },
  },
  backup: {
    title: 'Backups and recovery',
    severity: 'medium',
    controls: {
      SOC2: ['A1.2'],
      HIPAA: ['164.308(a)(7)(ii)(A)'],
      'ISO 27001': ['A.8.13'],
      GDPR: ['Art. 32'],
      'NIST AI RMF': ['MANAGE 2.3'],
    },
  },
  'required-tags': {
    title: 'Owners and purposes by tags',
    severity: 'low',
    controls: {
      SOC2: ['CC2.1'],
      'PCI DSS 4': ['12.5.1'],
      'ISO 27001': ['A.5.9'],
      'NIST AI RMF': ['GOVERN 1.6'],
    },
  },
  'instance-type': {
    title: 'Sizes of machines',
    severity: 'medium',
    controls: { SOC2: ['A1.1'], 'ISO 27001': ['A.8.6'] },
  },
  'resource-limits': {
    title: 'Limits on CPU and memory',
    severity: 'medium',
    controls: { SOC2: ['A1.1'], 'ISO 27001': ['A.8.6'] },
  },
  'privileged-container': {
    title: 'Containers without privileges',
    severity: 'critical',
    controls: {
      SOC2: ['CC6.1', 'CC6.8'],
      'PCI DSS 4': ['2.2.6', '7.2.1'],
      'ISO 27001': ['A.8.2', 'A.8.9'],
    },
  },
  'pod-security': {
    title: 'Pod security standards',
    severity: 'medium',
    controls: {
      SOC2: ['CC6.1', 'CC6.8'],
      'PCI DSS 4': ['2.2.1', '2.2.6'],
      'ISO 27001': ['A.8.9'],
    },
  },
  'run-as-non-root': {
    title: 'Containers that do not run as root',
    severity: 'high',
    controls: {
      SOC2: ['CC6.1', 'CC6.3'],
      'PCI DSS 4': ['2.2.6', '7.2.1'],
      'ISO 27001': ['A.8.2'],
    },
  },
  'image-registry': {
    title: 'Images of trusted registries',
    severity: 'high',
    controls: {
      SOC2: ['CC8.1'],
      'PCI DSS 4': ['6.3.2'],
      'ISO 27001': ['A.5.19', 'A.8.19'],
      'NIST AI RMF': ['GOVERN 6.1', 'MAP 4.1'],
    },
  },
  'image-tag': {
    title: 'Images of a fixed version',
    severity: 'medium',
    controls: {
      SOC2: ['CC8.1'],
      'PCI DSS 4': ['6.5.1'],
      'ISO 27001': ['A.8.32'],
      'NIST AI RMF': ['MEASURE 2.7'],
    },
  },
  'docker-root-user': {
    title: 'Images that do not run as root',
    severity: 'high',
    controls: {
      SOC2: ['CC6.1', 'CC6.3'],
      'PCI DSS 4': ['2.2.6'],
      'ISO 27001': ['A.8.2'],
    },
  },
  'dockerfile-lint': {
    title: 'Dockerfiles that build the same each time',
    severity: 'low',
    controls: { SOC2: ['CC8.1'], 'ISO 27001': ['A.8.9'] },
  },
  'hardcoded-secret': {
    title: 'No secrets in files',
    severity: 'critical',
    controls: {
      SOC2: ['CC6.1'],
      HIPAA: ['164.312(d)'],
      'PCI DSS 4': ['8.3.2', '8.6.2'],
      'ISO 27001': ['A.5.17', 'A.8.4'],
      ...PRIVACY,
    },
  },
  'pipeline-security': {
    title: 'Pipelines that cannot be misused',
    severity: 'high',
    controls: {
      SOC2: ['CC8.1'],
      'PCI DSS 4': ['6.2.1', '6.5.1'],
      'ISO 27001': ['A.8.25', 'A.8.32'],
      'NIST AI RMF': ['GOVERN 6.1'],
    },
  },
} as const satisfies Readonly<Record<string, CategoryEntry>>;

/** The kind of a rule. */
export type Category = keyof typeof CATEGORIES;
