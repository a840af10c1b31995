// CloudTrail records -> what each says of a request (semantics S6.3, S6.4, S8.6): who called, what,
// on what, on which way, and how it ended. Management, data and network activity events, bare, in
// the containers that carry them, or in an EventBridge envelope.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "authz/diagnose/denied_message.h"
#include "authz/operations/operations.h"
#include "authz/request.h"
#include "policy/catalogue.h"
#include "policy/tree.h"

namespace postern::authz {

// Who called. What the record does not tell is "".
struct EventRequester {
  RequesterKind kind = RequesterKind::kUnknown;
  std::string arn;
  std::string service;   // "cloudtrail.amazonaws.com"
  std::string provider;  // of AssumeRoleWithSAML and AssumeRoleWithWebIdentity
  std::string account;   // told also of callers whose ARN is not
  std::string unique_id;
  std::string path;           // of a session's role
  bool path_unknown = false;  // a session whose role the record does not name
  std::string federating_user;
};

enum class EventResult : std::uint8_t {
  kNoError,     // let through
  kRefused,     // an authorization failure
  kOtherError,  // NoSuchBucket, ThrottlingException: says nothing of policies
};
std::string_view EventResultName(EventResult result);  // "no-error", "refused", "other-error"

// How the request reached the service, as far as the record tells.
enum class EventWay : std::uint8_t {
  kEndpoint,    // `vpc_endpoint`
  kNoEndpoint,  // from a public address, or from an AWS service
  kUnknown,     // a record without an endpoint, from an address that only a VPC has, or none
};

struct EventKey {
  std::string name;
  std::vector<std::string> values;  // none: requests of this sort do not carry the key
};

// Owns its text. Condition keys that stand neither in `keys` nor follow from the rest are unknown,
// not absent: a record leaves most of them out.
struct CloudTrailEvent {
  std::string id;        // eventID
  std::string time;      // eventTime
  std::string source;    // eventSource
  std::string name;      // eventName, as recorded
  std::string category;  // eventCategory: "Management", "Data", "NetworkActivity"; "" in old ones
  EventResult result = EventResult::kNoError;
  DeniedMessage message;  // what the error says

  EventRequester requester;
  std::string api;          // "s3.ListBuckets"; "" where the catalogue has no such operation
  std::vector<Call> calls;  // empty: nothing that could be judged; a resource of "" is unknown
  std::vector<std::string> unjudged;
  bool assumed_same_name = false;
  std::string resource_account;  // only where no ARN tells it
  std::string forwarded_by;      // the AWS service that called on the requester's behalf
  EventWay way = EventWay::kUnknown;
  std::string vpc_endpoint;
  std::string vpc_endpoint_account;
  std::string address;  // sourceIPAddress, if it is one
  std::vector<EventKey> keys;
  std::vector<std::string> unknown_keys;  // which would be derived or defaulted otherwise
  // What was concluded, or could not be; each one line for people.
  std::vector<std::string> notes;
};

// Never fails: whatever is missing or of another type is not told.
CloudTrailEvent ReadCloudTrailEvent(const policy::Node& record, const policy::Catalogue& catalogue);

struct EventProblem {
  std::uint32_t at = 0;  // byte of the tree's source
  std::string message;   // one line, lower case
};

// Calls `visit` with every record in `tree`: a record, a list of them, `{"Records": [...]}`, an
// EventBridge envelope (`detail`), or what `aws cloudtrail lookup-events` prints (`Events`, with
// the records as strings). The node lives as long as the call. Reports what is none of these.
void ForEachCloudTrailRecord(const policy::Tree& tree,
                             const std::function<void(const policy::Node&)>& visit,
                             std::vector<EventProblem>& problems);

}  // namespace postern::authz
