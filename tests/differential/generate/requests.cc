#include "tests/differential/generate/requests.h"

#include <bitset>
#include <cstdint>
#include <string>
#include <utility>

namespace postern::differential {
namespace {

constexpr std::string_view kNotKnown = R"({"unknown":true})";

// Of a key in the context.
enum class State : std::uint8_t { kMissing, kNoValues, kEmptyText, kOne, kSeveral, kUnknown };

class RequestWriter {
 public:
  RequestWriter(const SetPlan& plan, Random& random, JsonWriter& out)
      : plan_(plan), scene_(*plan.scene), random_(random), out_(out) {
    // Unknown things come together, so that most requests have none and are decided.
    unsure_ = random_.Chance(20);
    wrong_ = random_.Chance(2);
  }

  void Write() {
    out_.StartObject();
    WritePrincipal();
    Member("action",
           wrong_ && random_.Chance(10) ? random_.Pick(kBadActions) : random_.Pick(scene_.actions));
    WriteResource();
    WriteResourceAccount();
    if (random_.Chance(3)) Member("resource_org_id", "o-a1b2c3d4e5");
    if (random_.Chance(1)) Member("resource_org_paths", "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/");
    if (random_.Chance(4)) {
      WriteKey(out_, "shared");
      out_.Bool(random_.Chance(80));
    }
    if (random_.Chance(4)) Member("forwarded_by", "athena.amazonaws.com");
    WriteRoute();
    WriteContext();
    WriteUnknown();
    out_.EndObject();
  }

 private:
  static constexpr std::string_view kBadActions[] = {
      "s3", "s3:", "s3:Get*", ":GetObject", "s3:Get:Object", "s3:Get Object"};

  void Member(std::string_view name, std::string_view text) {
    WriteKey(out_, name);
    WriteText(out_, text);
  }

  void WritePrincipal() {
    WriteKey(out_, "principal");
    if (unsure_ && random_.Chance(12)) return WriteRaw(out_, kNotKnown);
    const bool federated = scene_.name == "federated sign-in";
    const Requester& requester = !federated && random_.Chance(20) ? random_.Pick(Requesters())
                                                                  : *random_.Pick(plan_.requesters);
    has_tags_ = requester.json.find("\"tags\"") != std::string_view::npos;
    WriteRaw(out_, requester.json);
  }

  void WriteResource() {
    if (unsure_ && random_.Chance(8)) {
      WriteKey(out_, "resource");
      WriteRaw(out_, kNotKnown);
      return;
    }
    if (scene_.through_access_point) return WriteAccessPoint();
    const std::string_view resource = random_.Pick(scene_.resources);
    if (resource != "*" || random_.Chance(50)) {
      Member("resource", wrong_ && random_.Chance(10) ? "data/k" : resource);
    }
  }

  // The access point's ARN, and the bucket's or object's behind it (S7.12.7).
  void WriteAccessPoint() {
    constexpr std::string_view kObject = "/object";
    const std::string_view behind = random_.Pick(scene_.resources);
    const bool other = wrong_ && random_.Chance(20);
    Member("resource", std::string(other ? random_.Pick(AccessPointArns()) : plan_.access_point) +
                           std::string(behind));
    if (wrong_ && random_.Chance(15)) return;
    if (unsure_ && random_.Chance(12)) {
      WriteKey(out_, "bucket_resource");
      return WriteRaw(out_, kNotKnown);
    }
    const std::string_view key = behind.empty() ? behind : behind.substr(kObject.size());
    const std::string_view bucket = random_.Chance(75) ? "arn:aws:s3:::data" : "arn:aws:s3:::logs";
    Member("bucket_resource", std::string(bucket) + std::string(key));
  }

  void WriteResourceAccount() {
    // Most resources name their account themselves, and another one is a contradiction.
    if (!scene_.is_s3 && !wrong_ && !random_.Chance(4)) return;
    constexpr unsigned kForms[] = {6, 48, 27, 16, 3};
    switch (random_.Weighted(kForms)) {
      case 0:
        return;
      case 1:
        return Member("resource_account", "own");
      case 2:
        return Member("resource_account", "111122223333");
      case 3:
        return Member("resource_account", "444455556666");
      default:
        WriteKey(out_, "resource_account");
        WriteRaw(out_, kNotKnown);
    }
  }

  void WriteRoute() {
    constexpr std::string_view kOnlyOthers[] = {"internet", "vpce-0aaaaaaaaaaaaaaa2"};
    constexpr std::string_view kRoutes[] = {"endpoint", "endpoint", "internet",
                                            "vpce-0aaaaaaaaaaaaaaa1", "vpce-0aaaaaaaaaaaaaaa2"};
    if (wrong_ && random_.Chance(5)) return Member("via", random_.Chance(50) ? "endpoint" : "vpn");
    if (!random_.Chance(5)) return;
    Member("via", plan_.has_endpoint ? random_.Pick(kRoutes) : random_.Pick(kOnlyOthers));
  }

  // ---- the context

  State DrawState(const ConditionKey& key) {
    // The principal says it.
    if (has_tags_ && key.name == "aws:PrincipalTag/team" && !wrong_) return State::kMissing;
    // Through an endpoint, or not, a key that only the other way has is an error.
    const bool out_of_place = (key.supply == Supply::kNetwork && plan_.has_endpoint) ||
                              (key.supply == Supply::kEndpoint && !plan_.has_endpoint);
    if (out_of_place && !random_.Chance(3)) return State::kMissing;
    const bool derived = key.supply == Supply::kDerived || key.supply == Supply::kEndpoint;
    if (derived && key.name != "aws:VpcSourceIp") {
      constexpr unsigned kStates[] = {90, 8, 1, 1, 0};
      const auto state = static_cast<State>(random_.Weighted(kStates));
      if (unsure_ && random_.Chance(25)) return State::kUnknown;
      return state;
    }
    if (unsure_ && random_.Chance(55)) return State::kUnknown;
    constexpr unsigned kStates[] = {18, 19, 19, 20, 24};
    const auto state = static_cast<State>(random_.Weighted(kStates));
    const bool may = key.arity != Arity::kSingle || (wrong_ && random_.Chance(20));
    return state == State::kSeveral && !may ? State::kOne : state;
  }

  void WriteContext() {
    const auto keys = ConditionKeys();
    WriteKey(out_, "context");
    out_.StartObject();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!plan_.used[i] && !random_.Chance(1)) continue;
      if (IsOtherSpellingOfTime(i)) continue;
      const State state = DrawState(keys[i]);
      if (state == State::kUnknown) unknown_.set(i);
      if (state == State::kUnknown || state == State::kMissing) continue;
      WriteKey(out_, keys[i].name);
      WriteValuesOf(i, state);
    }
    if (wrong_ && random_.Chance(15)) Member("APP:word", "red");
    out_.EndObject();
  }

  // aws:CurrentTime and aws:EpochTime are one instant (S4.11): one of them says it.
  bool IsOtherSpellingOfTime(std::size_t key) {
    const std::string_view name = ConditionKeys()[key].name;
    if (name != "aws:CurrentTime" && name != "aws:EpochTime") return false;
    return std::exchange(has_time_, true);
  }

  void WriteValuesOf(std::size_t key, State state) {
    switch (state) {
      case State::kNoValues:
        out_.StartArray();
        out_.EndArray();
        return;
      case State::kEmptyText:
        if (random_.Chance(50)) return WriteText(out_, "");
        out_.StartArray();
        WriteText(out_, "");
        out_.EndArray();
        return;
      case State::kOne:
        if (random_.Chance(70)) return WriteOne(key);
        out_.StartArray();
        WriteOne(key);
        out_.EndArray();
        return;
      default:
        break;
    }
    out_.StartArray();
    const std::size_t count = 2 + random_.Below(2);
    for (std::size_t i = 0; i < count; ++i) WriteOne(key);
    out_.EndArray();
  }

  void WriteOne(std::size_t key) {
    WriteValue(out_, random_.Chance(50) ? plan_.hot[key]
                                        : random_.Pick(ConditionKeys()[key].RequestPool()));
  }

  void WriteUnknown() {
    if (unknown_.none()) return;
    const auto keys = ConditionKeys();
    WriteKey(out_, "unknown");
    out_.StartArray();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (unknown_[i]) WriteText(out_, keys[i].name);
    }
    out_.EndArray();
  }

  const SetPlan& plan_;
  const Scene& scene_;
  Random& random_;
  JsonWriter& out_;
  bool unsure_ = false;
  bool wrong_ = false;  // something in it may be an input error
  bool has_tags_ = false;
  bool has_time_ = false;
  std::bitset<kMaxConditionKeys> unknown_;
};

}  // namespace

void WriteRequest(const SetPlan& plan, Random& random, JsonWriter& out) {
  RequestWriter(plan, random, out).Write();
}

}  // namespace postern::differential
