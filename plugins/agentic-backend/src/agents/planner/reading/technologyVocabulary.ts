import type { ChoiceField, Meaning, VocabularyRow } from './Meaning';

const choice = (field: ChoiceField, value: string): Meaning => ({
  kind: 'choice',
  field,
  value,
});
const unbuilt = (category: string, thing: string): Meaning => ({
  kind: 'unbuilt',
  category,
  thing,
});
const included = (thing: string): Meaning => ({ kind: 'included', thing });

/** Technologies by the names that people give them, whether built or not. */
export const technologyVocabulary: readonly VocabularyRow[] = [
  [
    choice('language', 'nodejs'),
    'node|nodejs|node.js|node js|node-js|express|expressjs|express.js|express js|typescript|ts|javascript|js|ecmascript|npm|node/express|node.js/express|node/typescript',
  ],
  [
    choice('language', 'python'),
    'python|python3|py|fastapi|fast api|flask|django|pydantic|uvicorn',
  ],
  [choice('language', 'go'), 'golang|go lang|go-lang|gin|gin-gonic'],
  [
    choice('language', 'java'),
    'java|spring|spring boot|spring-boot|springboot|quarkus|micronaut|jvm|jdk',
  ],
  [choice('language', 'kotlin'), 'kotlin|ktor'],
  [choice('language', 'rust'), 'rust|actix|actix-web|axum|rocket|tokio'],
  [
    choice('language', 'csharp'),
    'c#|csharp|c sharp|dotnet|.net|net core|asp.net|f#',
  ],
  [choice('language', 'ruby'), 'ruby|rails|ruby on rails|sinatra'],
  [choice('language', 'php'), 'php|laravel|symfony'],
  [choice('language', 'elixir'), 'elixir|phoenix|erlang'],
  [choice('language', 'scala'), 'scala|akka|play framework'],
  [choice('language', 'swift'), 'swift|vapor'],
  [choice('language', 'cpp'), 'c++|cpp'],
  [choice('language', 'perl'), 'perl'],
  [choice('language', 'deno'), 'deno'],
  [choice('language', 'bun'), 'bun'],

  [
    choice('database', 'postgresql'),
    'postgresql|postgres|postgre|postgressql|postgre sql|postgres sql|psql|pg|pgsql|postgresql database|postgres database|postgresql db|postgres db|rds postgresql|rds postgres|amazon rds postgresql|rds for postgresql|postgresql rds|postgres rds',
  ],
  [choice('database', 'mysql'), 'mysql|my sql'],
  [choice('database', 'mariadb'), 'mariadb|maria db'],
  [choice('database', 'mongodb'), 'mongodb|mongo|mongo db|documentdb'],
  [choice('database', 'dynamodb'), 'dynamodb|dynamo|dynamo db'],
  [choice('database', 'redis'), 'redis|valkey|elasticache'],
  [choice('database', 'sqlite'), 'sqlite|sqlite3'],
  [choice('database', 'sqlserver'), 'sql server|sqlserver|mssql|ms sql'],
  [choice('database', 'oracle'), 'oracle|oracle database|oracle db'],
  [choice('database', 'cassandra'), 'cassandra|scylladb'],
  [choice('database', 'cockroachdb'), 'cockroachdb|cockroach'],
  [
    choice('database', 'elasticsearch'),
    'elasticsearch|elastic search|opensearch',
  ],
  [choice('database', 'neo4j'), 'neo4j|graph database'],
  [
    choice('database', 'aurora'),
    'aurora|amazon aurora|aurora postgresql|aurora postgres|aurora mysql',
  ],
  [choice('database', 'supabase'), 'supabase'],
  [choice('database', 'firestore'), 'firestore|firebase'],
  [
    choice('database', 'nosql'),
    'nosql|nosql database|document database|document store|key-value store',
  ],
  [
    { kind: 'someDatabase' },
    'database|databases|db|relational database|sql database|sql|rds|amazon rds|datastore|data store|persistence|persistent storage',
  ],

  [
    choice('pattern', 'rest-api'),
    'rest|rest api|rest-api|restapi|rest apis|restful|restful api|rest service|rest endpoint|rest endpoints|restful service|http api|http apis|json api|json rest api|rest/http|http endpoint|http endpoints|http service|crud api|crud',
  ],
  [
    choice('pattern', 'grpc'),
    'grpc|g-rpc|grpc api|grpc service|protobuf|protocol buffers',
  ],
  [
    choice('pattern', 'event-driven'),
    'event-driven|event driven|eventdriven|event-sourced|event sourcing|event-based|cqrs|pub/sub|pubsub|publish-subscribe',
  ],
  [choice('pattern', 'graphql'), 'graphql|graphql api|graph ql'],
  [
    choice('pattern', 'websocket'),
    'websocket|websockets|web socket|web sockets|socket.io',
  ],
  [choice('pattern', 'soap'), 'soap|soap api'],
  [
    choice('pattern', 'serverless'),
    'serverless|lambda|aws lambda|lambda function|lambdas|cloud function|cloud functions|azure functions|function as a service|faas',
  ],
  [
    choice('pattern', 'job'),
    'cron|cron job|cronjob|batch|batch job|scheduled job|background job|background worker|worker|daemon|cli|command line tool|library|etl|data pipeline|data pipelines|streaming',
  ],

  [choice('cloudProvider', 'aws'), 'aws|amazon|amazon web services|ec2'],
  [
    choice('cloudProvider', 'gcp'),
    'gcp|google cloud|google cloud platform|gke|cloud run|cloud sql',
  ],
  [choice('cloudProvider', 'azure'), 'azure|microsoft azure|aks'],
  [choice('cloudProvider', 'digitalocean'), 'digitalocean|digital ocean'],
  [choice('cloudProvider', 'heroku'), 'heroku'],
  [
    choice('cloudProvider', 'vercel'),
    'vercel|netlify|fly.io|render.com|cloudflare',
  ],
  [
    choice('cloudProvider', 'on-premises'),
    'on-prem|on prem|on-premises|on premises|bare metal|vmware|openstack',
  ],

  [
    { kind: 'availability', high: true },
    'highly available|highly-available|high availability|high-availability|ha|multi-az|multi az|multiaz|multi-availability-zone|failover|automatic failover|auto failover|redundant|redundancy|fault tolerant|fault-tolerant|fault tolerance',
  ],
  [{ kind: 'availability', high: false }, 'single-az|single az'],

  [unbuilt('message queue', 'Kafka'), 'kafka|apache kafka|msk|redpanda'],
  [unbuilt('message queue', 'SQS'), 'sqs|amazon sqs|aws sqs'],
  [unbuilt('message queue', 'SNS'), 'sns|amazon sns'],
  [unbuilt('message queue', 'EventBridge'), 'eventbridge|event bridge'],
  [
    unbuilt('message queue', 'RabbitMQ'),
    'rabbitmq|rabbit mq|rabbit|amqp|activemq',
  ],
  [unbuilt('message queue', 'NATS'), 'nats|kinesis|pulsar|mqtt|event hubs'],
  [
    unbuilt('message queue', 'a message queue'),
    'queue|queues|message queue|message queues|message broker|message bus|event bus|messaging|job queue',
  ],
  [unbuilt('cache', 'a cache'), 'cache|caching|memcached|redis cache'],
  [unbuilt('framework', 'NestJS'), 'nestjs|nest.js|nest js|nest'],
  [unbuilt('framework', 'Fastify'), 'fastify'],
  [unbuilt('framework', 'Koa'), 'koa|hapi|loopback|hono|feathersjs'],
  [
    unbuilt('frontend', 'a frontend'),
    'frontend|front-end|front end|ui|user interface|web ui|gui|website|web site|web page|webpage|web app|webapp|web application|single page app|single page application|spa|landing page|dashboard|portal|web frontend|frontend app|frontend application',
  ],
  [
    unbuilt('frontend', 'React'),
    'react|reactjs|react.js|react app|next.js|nextjs|remix',
  ],
  [unbuilt('frontend', 'Angular'), 'angular|angularjs'],
  [unbuilt('frontend', 'Vue'), 'vue|vuejs|vue.js|nuxt|svelte|sveltekit'],
  [
    unbuilt('mobile app', 'a mobile app'),
    'mobile app|mobile|ios|android|ios app|android app|flutter|react native|desktop app',
  ],
  [
    unbuilt('machine learning', 'machine learning'),
    'machine learning|machine-learning|ml|ml model|ml pipeline|ai|artificial intelligence|llm|deep learning|neural network|tensorflow|pytorch|scikit-learn|inference|model serving|sagemaker|gpu|gpus|chatbot|rag|vector database|embeddings',
  ],
  [
    unbuilt('service mesh', 'a service mesh'),
    'service mesh|istio|linkerd|envoy',
  ],
  [
    unbuilt('scaling', 'automatic scaling'),
    'autoscaling|auto scaling|auto-scaling|autoscale|auto-scale|scalable|horizontally scalable',
  ],
  [
    unbuilt('availability', 'several regions'),
    'multi-region|multi region|geo-redundant|active-active',
  ],
  [
    unbuilt('login', 'authentication'),
    'authentication|authorization|auth|login|oauth|oauth2|oidc|jwt|sso|saml|cognito|auth0|keycloak',
  ],
  [
    unbuilt('storage', 'object storage'),
    's3|s3 bucket|object storage|blob storage|minio|file upload|file uploads',
  ],
  [
    unbuilt('target', 'deploying to Kubernetes'),
    'kubernetes|k8s|kubernetes cluster|eks|ecs|fargate|openshift|nomad',
  ],

  [
    included('tests'),
    'tests|unit tests|test suite|integration tests|automated tests',
  ],
  [
    included('a Dockerfile'),
    'docker|dockerfile|docker file|docker image|container|container image|containerised|containerized',
  ],
  [
    included('Kubernetes manifests and a Helm chart'),
    'kubernetes manifests|k8s manifests|kubernetes manifest|helm|helm chart|helm charts',
  ],
  [
    included('CI/CD pipelines'),
    'ci|cd|ci/cd|ci cd|cicd|ci/cd pipeline|ci/cd pipelines|pipeline|pipelines|ci pipeline|github actions|gitlab ci|gitlab-ci|gitlab pipeline',
  ],
  [
    included('health checks'),
    'health|health check|health checks|healthcheck|health endpoint|health endpoints|readiness|readiness check|liveness|health verification|verify health|check health',
  ],
  [
    included('compliance checks'),
    'compliance checks|compliance check|compliance|policy checks|policy check',
  ],
  [
    included('structured logs'),
    'logging|logs|structured logs|structured logging',
  ],
  [
    included('telemetry'),
    'telemetry|opentelemetry|otel|tracing|metrics|monitoring|observability',
  ],
  [
    included('API documentation'),
    'openapi|open api|swagger|api docs|api documentation|documentation|docs|readme|techdocs',
  ],
  [included('migrations'), 'migrations|database migrations|schema migrations'],
  [
    included('Terraform'),
    'terraform|infrastructure as code|iac|terraform modules|infrastructure',
  ],
  [included('a Git repository'), 'git|git repository|repository|repo|git repo'],
  [included('a catalog entry'), 'catalog entry|catalog-info|catalog-info.yaml'],
];
