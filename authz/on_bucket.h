// The second resource of a request through an S3 access point (semantics S7.12, S7.10.6): for the
// engine's own files.
#pragma once

#include <utility>

#include "authz/bound.h"

namespace postern::authz {

// While it lives the request is about the bucket behind the access point.
class OnBucket {
 public:
  explicit OnBucket(BoundRequest::State& request) : request_(request) { Swap(); }
  ~OnBucket() { Swap(); }
  OnBucket(const OnBucket&) = delete;
  OnBucket& operator=(const OnBucket&) = delete;

 private:
  void Swap() {
    std::swap(request_.resource, request_.bucket.text);
    std::swap(request_.resource_arn, request_.bucket.arn);
    std::swap(request_.resource_unknown, request_.bucket.unknown);
  }

  BoundRequest::State& request_;
};

}  // namespace postern::authz
