#include "authz/resource_keys.h"

#include <algorithm>

namespace postern::authz {
namespace {

struct Exception {
  std::string_view vendor;
  std::string_view name;  // "*": every action of the service
};

// Sorted by vendor. IAM User Guide, "AWS global condition context keys", aws:ResourceAccount.
constexpr Exception kExceptions[] = {
    {"cloudwatch", "putmetricdata"},
    {"ebs", "*"},
    {"ec2", "accepttransitgatewaypeeringattachment"},
    {"ec2", "acceptvpcendpointconnections"},
    {"ec2", "acceptvpcpeeringconnection"},
    {"ec2", "copyfpgaimage"},
    {"ec2", "copyimage"},
    {"ec2", "copysnapshot"},
    {"ec2", "createtransitgatewaypeeringattachment"},
    {"ec2", "createvolume"},
    {"ec2", "createvpcendpoint"},
    {"ec2", "createvpcpeeringconnection"},
    {"ec2", "deletetransitgatewaypeeringattachment"},
    {"ec2", "deletevpcpeeringconnection"},
    {"ec2", "rejecttransitgatewaypeeringattachment"},
    {"ec2", "rejectvpcendpointconnections"},
    {"ec2", "rejectvpcpeeringconnection"},
    {"events", "*"},
    {"route53", "associatevpcwithhostedzone"},
    {"route53", "createvpcassociationauthorization"},
    {"route53", "deletevpcassociationauthorization"},
    {"route53", "disassociatevpcfromhostedzone"},
    {"route53", "listhostedzonesbyvpc"},
    {"workspaces", "describeworkspaceimages"},
};

}  // namespace

bool CarriesNoResourceAccount(std::string_view vendor, std::string_view name) {
  const auto of_vendor = std::ranges::equal_range(kExceptions, vendor, {}, &Exception::vendor);
  return std::ranges::any_of(of_vendor,
                             [&](const Exception& e) { return e.name == "*" || e.name == name; });
}

}  // namespace postern::authz
