#include "authz/resource_keys.h"

#include <algorithm>
#include <iterator>

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
  const auto* row = std::ranges::lower_bound(kExceptions, vendor, {}, &Exception::vendor);
  for (; row != std::end(kExceptions) && row->vendor == vendor; ++row) {
    if (row->name == "*" || row->name == name) return true;
  }
  return false;
}

}  // namespace postern::authz
