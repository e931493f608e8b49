#include "events/event_aliases.h"

#include <array>

namespace botocxx::events {
namespace {

struct Alias {
  std::string_view old_name;
  std::string_view new_name;
};

// check_layers: allow-file service-name: these are the names that services' events had before
// botocore's, in its order: of two that fit a name the first is taken.
constexpr std::array<Alias, 65> kAliases{{
    Alias{"api.mediatailor", "mediatailor"},
    Alias{"api.pricing", "pricing"},
    Alias{"api.sagemaker", "sagemaker"},
    Alias{"apigateway", "api-gateway"},
    Alias{"application-autoscaling", "application-auto-scaling"},
    Alias{"appstream2", "appstream"},
    Alias{"autoscaling", "auto-scaling"},
    Alias{"autoscaling-plans", "auto-scaling-plans"},
    Alias{"ce", "cost-explorer"},
    Alias{"cloudhsmv2", "cloudhsm-v2"},
    Alias{"cloudsearchdomain", "cloudsearch-domain"},
    Alias{"cognito-idp", "cognito-identity-provider"},
    Alias{"config", "config-service"},
    Alias{"cur", "cost-and-usage-report-service"},
    Alias{"data.iot", "iot-data-plane"},
    Alias{"data.jobs.iot", "iot-jobs-data-plane"},
    Alias{"data.mediastore", "mediastore-data"},
    Alias{"datapipeline", "data-pipeline"},
    Alias{"devicefarm", "device-farm"},
    Alias{"directconnect", "direct-connect"},
    Alias{"discovery", "application-discovery-service"},
    Alias{"dms", "database-migration-service"},
    Alias{"ds", "directory-service"},
    Alias{"dynamodbstreams", "dynamodb-streams"},
    Alias{"elasticbeanstalk", "elastic-beanstalk"},
    Alias{"elasticfilesystem", "efs"},
    Alias{"elasticloadbalancing", "elastic-load-balancing"},
    Alias{"elasticmapreduce", "emr"},
    Alias{"elb", "elastic-load-balancing"},
    Alias{"elbv2", "elastic-load-balancing-v2"},
    Alias{"email", "ses"},
    Alias{"entitlement.marketplace", "marketplace-entitlement-service"},
    Alias{"es", "elasticsearch-service"},
    Alias{"events", "eventbridge"},
    Alias{"cloudwatch-events", "eventbridge"},
    Alias{"iot-data", "iot-data-plane"},
    Alias{"iot-jobs-data", "iot-jobs-data-plane"},
    Alias{"kinesisanalytics", "kinesis-analytics"},
    Alias{"kinesisvideo", "kinesis-video"},
    Alias{"lex-models", "lex-model-building-service"},
    Alias{"lex-runtime", "lex-runtime-service"},
    Alias{"logs", "cloudwatch-logs"},
    Alias{"machinelearning", "machine-learning"},
    Alias{"marketplace-entitlement", "marketplace-entitlement-service"},
    Alias{"marketplacecommerceanalytics", "marketplace-commerce-analytics"},
    Alias{"metering.marketplace", "marketplace-metering"},
    Alias{"meteringmarketplace", "marketplace-metering"},
    Alias{"mgh", "migration-hub"},
    Alias{"models.lex", "lex-model-building-service"},
    Alias{"monitoring", "cloudwatch"},
    Alias{"mturk-requester", "mturk"},
    Alias{"resourcegroupstaggingapi", "resource-groups-tagging-api"},
    Alias{"route53", "route-53"},
    Alias{"route53domains", "route-53-domains"},
    Alias{"runtime.lex", "lex-runtime-service"},
    Alias{"runtime.sagemaker", "sagemaker-runtime"},
    Alias{"sdb", "simpledb"},
    Alias{"secretsmanager", "secrets-manager"},
    Alias{"serverlessrepo", "serverlessapplicationrepository"},
    Alias{"servicecatalog", "service-catalog"},
    Alias{"states", "sfn"},
    Alias{"stepfunctions", "sfn"},
    Alias{"storagegateway", "storage-gateway"},
    Alias{"streams.dynamodb", "dynamodb-streams"},
    Alias{"tagging", "resource-groups-tagging-api"},
}};

// Where `parts` stand in `name` as whole parts.
std::size_t find_parts(std::string_view name, std::string_view parts) {
  for (std::size_t at = name.find(parts); at != std::string_view::npos;
       at = name.find(parts, at + 1)) {
    std::size_t end = at + parts.size();
    bool begins = at == 0 || name[at - 1] == '.';
    if (begins && (end == name.size() || name[end] == '.')) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string resolve_aliases(std::string_view name) {
  for (const Alias& alias : kAliases) {
    std::size_t at = find_parts(name, alias.old_name);
    if (at != std::string_view::npos) {
      std::string resolved(name);
      resolved.replace(at, alias.old_name.size(), alias.new_name);
      return resolved;
    }
    // A name of several parts that occurs anywhere ends botocore's search.
    bool several = alias.old_name.find('.') != std::string_view::npos;
    if (several && name.find(alias.old_name) != std::string_view::npos) break;
  }
  return std::string(name);
}

}  // namespace botocxx::events
