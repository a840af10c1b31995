// Buckets of AWS that instances and services fetch from through the S3 endpoint of a VPC.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postern::policy {

// Whose credentials the requests carry.
enum class BucketSigner : std::uint8_t {
  kNobody,      // not signed
  kAwsAccount,  // URLs presigned by an account of AWS
  kAwsService,  // URLs presigned by a service principal
  kCaller,      // a role of the user's
};

struct AwsBucket {
  std::string_view feature;  // "al2023"
  std::string_view name;     // `{R}` stands for the Region, `{r}` for the Region without dashes
  BucketSigner signer;
  bool written = false;  // it is written to as well
};

std::span<const AwsBucket> AwsBuckets();

// A bucket of the table, as a resource pattern names it.
struct NamedAwsBucket {
  const AwsBucket* bucket = nullptr;
  std::string_view region;   // the text in the Region's place, a view into the pattern; may be ""
  std::string_view objects;  // behind the `/`
};

// `pattern`: `arn:aws:s3:::al2023-eu-west-1/*`. Absent for any other bucket, and where what stands
// in the Region's place can be no Region.
std::optional<NamedAwsBucket> FindAwsBucket(std::string_view pattern);
// The name in that Region.
std::string BucketIn(const AwsBucket& bucket, std::string_view region);

}  // namespace postern::policy
