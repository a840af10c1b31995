// What the parts of reading a CloudTrail record share. For the files of this folder.
#pragma once

#include <string>
#include <string_view>

#include "authz/diagnose/cloudtrail_event.h"

namespace postern::authz {

// The text of a scalar below `node`, by member names with `/` between them, compared without case
// as services differ in it; "" where there is none. `*` steps into a list of one member.
std::string_view TextAt(const policy::Node& node, std::string_view path);

// event_principal.cc: userIdentity, with the keys that credentials bring.
void ReadRequester(const policy::Node& record, CloudTrailEvent& into);
// event_network.cc: on which way, and its keys.
void ReadWay(const policy::Node& record, CloudTrailEvent& into);
// event_call.cc: API, actions, resources, and the keys that the call's parameters are. After the
// requester.
void ReadCalls(const policy::Node& record, const policy::Catalogue& catalogue,
               CloudTrailEvent& into);

// event_resource.cc: the ARN that `action` is asked on, by the record's `resources` or by the
// call's parameters; "*" for an action without resource types, "" where nothing fits.
std::string ResourceOf(const policy::Node& record, const CloudTrailEvent& event,
                       std::string_view action, const policy::Catalogue& catalogue);
// The account that the record says the resource is in; "" if it does not.
std::string_view ResourceAccountOf(const policy::Node& record, std::string_view arn);
// "arn:aws:s3:::b/k" of "b/k" or "/b/k?versionId=1", as the header x-amz-copy-source has it.
std::string CopySource(std::string_view partition, std::string_view header);
std::string_view PartitionOf(std::string_view region);

}  // namespace postern::authz
