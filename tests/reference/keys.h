#pragma once

#include <map>
#include <string>
#include <vector>

namespace postern::reference {

// A condition key in the request (S4.3). An empty list is kept as missing (S4.4).
struct KeyState {
  enum Kind { kMissing, kPresent, kUnknown } kind = kMissing;
  std::vector<std::string> values;
  bool multivalued = false;
};

// The condition keys of one request; names are compared without regard to case (S1.4).
class Keys {
 public:
  explicit Keys(std::string service) : service_(std::move(service)) {}

  void Set(const std::string& key, std::vector<std::string> values);
  void SetUnknown(const std::string& key);
  // Every key that begins so and was not set: aws:PrincipalTag/ of an unknown caller.
  void SetUnknownTags(const std::string& prefix);
  KeyState Find(const std::string& key) const;

 private:
  std::string service_;
  std::map<std::string, KeyState> states_;
  std::string unknown_tags_;
};

}  // namespace postern::reference
