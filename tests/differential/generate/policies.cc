#include "tests/differential/generate/policies.h"

#include <cstdint>

#include "tests/differential/generate/conditions.h"

namespace postern::differential {
namespace {

// Which document is written: they differ in what a statement must and may hold (S1.9).
enum class Kind : std::uint8_t {
  kEndpoint,
  kIdentity,
  kBound,
  kResource,
  kAccessPoint,
  kScp,
  kRcp
};

// Statements that refuse their document (S1.13).
constexpr std::string_view kBrokenStatements[] = {
    R"({"Effect":"allow","Principal":"*","Action":"*","Resource":"*"})",
    R"({"Principal":"*","Action":"*","Resource":"*"})",
    R"({"Effect":"Allow","Principal":"*","Action":"*","NotAction":"s3:*","Resource":"*"})",
    R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","NotResource":"*"})",
    R"({"Effect":"Deny","Principal":"*","NotAction":[],"Resource":"*"})",
    R"({"Effect":"Deny","Principal":"*","Action":"*","NotResource":[]})",
    R"({"Effect":"Deny","NotPrincipal":{},"Action":"*","Resource":"*"})",
    R"({"Effect":"Allow","Principal":"arn:aws:iam::111122223333:root","Action":"*","Resource":"*"})",
    R"({"Effect":"Allow","Principal":{"Aws":"*"},"Action":"*","Resource":"*"})",
    R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Comment":"x"})",
    R"({"Effect":"Allow","Principal":"*","Action":null,"Resource":"*"})",
    R"({"Effect":"Allow","Principal":"*","Action":[["*"]],"Resource":"*"})",
    R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"app:Flag":"true","APP:flag":"true"}}})",
    R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"app:Flag":"true"},"bool":{"app:Word":"true"}}})",
    R"({"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"})",
    R"({"Effect":"Allow","Principal":"*","Resource":"*"})",
};

class PolicyWriter {
 public:
  PolicyWriter(SetPlan& plan, Random& random, JsonWriter& out)
      : plan_(plan), scene_(*plan.scene), random_(random), out_(out) {}

  void Write() {
    out_.StartObject();
    WriteEndpoint();
    WriteIdentity();
    WriteBound("boundary", 22);
    WriteBound("session", 24);
    WriteResource();
    if (scene_.through_access_point ? random_.Chance(96) : random_.Chance(2)) WriteAccessPoint();
    WriteLevels("scps", Kind::kScp);
    WriteLevels("rcps", Kind::kRcp);
    if (scene_.is_s3 && random_.Chance(25)) WriteBlockPublicAccess();
    out_.EndObject();
  }

 private:
  void Text(std::string_view text) { WriteText(out_, text); }
  void Name(std::string_view name) { WriteKey(out_, name); }
  void Member(std::string_view name, std::string_view text) {
    Name(name);
    Text(text);
  }

  // ---- layers

  void WriteEndpoint() {
    if (!plan_.has_endpoint) return;
    Name("endpoint");
    constexpr unsigned kForms[] = {8, 5, 2, 15, 70};
    switch (random_.Weighted(kForms)) {
      case 0:
        out_.Null();
        return;
      case 1:
        return Text("default");
      case 2:
        return Text("unknown");
      case 3:
        return WriteDocument(Kind::kEndpoint);
      default:
        return WriteEndpointObject();
    }
  }

  void WriteEndpointObject() {
    out_.StartObject();
    constexpr unsigned kPolicies[] = {82, 8, 7, 3};
    switch (random_.Weighted(kPolicies)) {
      case 0:
        Name("policy");
        WriteDocument(Kind::kEndpoint);
        break;
      case 1:
        break;
      case 2:
        Member("policy", "default");
        break;
      default:
        Member("policy", "unknown");
    }
    if (random_.Chance(90)) {
      const bool gateway = scene_.has_gateway && random_.Chance(50);
      Member("type", gateway ? "gateway" : "interface");
    }
    if (random_.Chance(70)) Member("service", scene_.endpoint_service);
    if (random_.Chance(60)) Member("region", random_.Chance(85) ? "eu-west-1" : "us-east-1");
    if (random_.Chance(70)) Member("id", "vpce-0aaaaaaaaaaaaaaa1");
    if (random_.Chance(70)) Member("vpc", "vpc-0bbbbbbbbbbbbbbb1");
    if (random_.Chance(60)) {
      Member("account", random_.Chance(70) ? "111122223333" : "444455556666");
    }
    out_.EndObject();
  }

  void WriteIdentity() {
    constexpr unsigned kForms[] = {4, 3, 2, 2, 53, 36};
    const std::size_t form = random_.Weighted(kForms);
    if (form == 0) return;
    Name("identity");
    if (form == 1) return WriteNothing();
    if (form == 2) {
      out_.Null();
    } else if (form == 3) {
      Text("unknown");
    } else if (form == 4) {
      WriteDocument(Kind::kIdentity);
    } else {
      WriteDocuments(Kind::kIdentity, 1 + random_.Below(2));
    }
  }

  void WriteBound(std::string_view name, unsigned percent) {
    const bool asked = name == "session" && IsFederatedUser() && random_.Chance(70);
    if (!asked && !random_.Chance(percent)) return;
    Name(name);
    constexpr unsigned kForms[] = {4, 5, 63, 28};
    switch (random_.Weighted(kForms)) {
      case 0:
        out_.Null();
        return;
      case 1:
        return Text("unknown");
      case 2:
        return WriteDocument(Kind::kBound);
      default:
        return WriteDocuments(Kind::kBound, name == "boundary" ? 1 : 1 + random_.Below(2));
    }
  }

  bool IsFederatedUser() const {
    for (const Requester* requester : plan_.requesters) {
      if (requester->json.find("federated-user") != std::string_view::npos) return true;
    }
    return false;
  }

  void WriteResource() {
    constexpr unsigned kForms[] = {13, 5, 2, 64, 16};
    const std::size_t form = random_.Weighted(kForms);
    if (form == 0) return;
    Name("resource");
    if (form == 1) return WriteNothing();
    if (form == 2) return Text("unknown");
    if (form == 3) return WriteDocument(Kind::kResource);
    WriteDocuments(Kind::kResource, 1);
  }

  void WriteAccessPoint() {
    Name("access_point");
    constexpr unsigned kForms[] = {3, 3, 12, 82};
    switch (random_.Weighted(kForms)) {
      case 0:
        out_.Null();
        return;
      case 1:
        return Text("unknown");
      case 2:
        return WriteDocument(Kind::kAccessPoint);
      default:
        break;
    }
    out_.StartObject();
    if (random_.Chance(88)) {
      Name("policy");
      WriteDocument(Kind::kAccessPoint);
    }
    if (random_.Chance(80)) Member("arn", plan_.access_point);
    if (random_.Chance(30)) {
      Member("network_origin", "VPC");
      Member("vpc", random_.Chance(75) ? "vpc-0bbbbbbbbbbbbbbb1" : "vpc-0bbbbbbbbbbbbbbb2");
    } else if (random_.Chance(30)) {
      Member("network_origin", "Internet");
    }
    out_.EndObject();
  }

  void WriteLevels(std::string_view name, Kind kind) {
    constexpr unsigned kForms[] = {68, 2, 2, 2, 26};
    const std::size_t form = random_.Weighted(kForms);
    if (form == 0) return;
    Name(name);
    if (form == 1) return Text("unknown");
    if (form == 2) return WriteNothing();
    if (form == 3) {
      out_.Null();
      return;
    }
    out_.StartArray();
    const std::size_t levels = 1 + random_.Below(3);
    for (std::size_t i = 0; i < levels; ++i) {
      constexpr unsigned kPolicies[] = {5, 75, 20};
      WriteDocuments(kind, random_.Weighted(kPolicies));
    }
    out_.EndArray();
  }

  void WriteBlockPublicAccess() {
    Name("block_public_access");
    constexpr unsigned kForms[] = {62, 12, 20, 6};
    switch (random_.Weighted(kForms)) {
      case 0:
        out_.Bool(true);
        return;
      case 1:
        out_.Bool(false);
        return;
      case 2:
        return WriteRaw(out_, R"({"restrict_public_buckets":true})");
      default:
        return Text("unknown");
    }
  }

  // ---- documents

  void WriteNothing() {
    out_.StartArray();
    out_.EndArray();
  }

  void WriteDocuments(Kind kind, std::size_t count) {
    out_.StartArray();
    for (std::size_t i = 0; i < count; ++i) WriteDocument(kind);
    out_.EndArray();
  }

  void WriteDocument(Kind kind) {
    out_.StartObject();
    constexpr unsigned kVersions[] = {74, 8, 18};
    switch (kind == Kind::kRcp ? 0 : random_.Weighted(kVersions)) {
      case 0:
        Member("Version", "2012-10-17");
        break;
      case 1:
        Member("Version", "2008-10-17");
        break;
      default:
        break;
    }
    Name("Statement");
    // In about one set of fifty something is refused.
    if (random_.Below(1000) < 5) {
      WriteRaw(out_, random_.Pick(kBrokenStatements));
    } else if (random_.Chance(3)) {
      WriteNothing();
    } else if (random_.Chance(12)) {
      WriteStatement(kind);
    } else {
      out_.StartArray();
      if (kind != Kind::kRcp && random_.Chance(OpenPercent(kind))) WriteOpenStatement(kind);
      const std::size_t count = 1 + random_.Below(kind == Kind::kRcp ? 2 : 3);
      for (std::size_t i = 0; i < count; ++i) WriteStatement(kind);
      out_.EndArray();
    }
    out_.EndObject();
  }

  // How often a document begins with a statement that allows nearly all.
  static unsigned OpenPercent(Kind kind) {
    switch (kind) {
      case Kind::kEndpoint:
      case Kind::kScp:
      case Kind::kBound:
        return 82;
      default:
        return 76;
    }
  }

  static bool HasPrincipal(Kind kind) {
    return kind == Kind::kEndpoint || kind == Kind::kResource || kind == Kind::kAccessPoint;
  }

  bool LacksResource(Kind kind) {
    if (kind != Kind::kResource) return false;
    if (scene_.resource_policy == ResourcePolicyForm::kTrust) return true;
    return scene_.resource_policy == ResourcePolicyForm::kMayLackResource && random_.Chance(50);
  }

  void WriteOpenStatement(Kind kind) {
    out_.StartObject();
    Member("Effect", "Allow");
    if (HasPrincipal(kind)) {
      Name("Principal");
      if (kind == Kind::kEndpoint || random_.Chance(60)) {
        WriteEverybody();
      } else {
        WriteNames();
      }
    }
    const bool trust =
        kind == Kind::kResource && scene_.resource_policy == ResourcePolicyForm::kTrust;
    Member("Action", trust                ? "sts:*"
                     : random_.Chance(70) ? "*"
                                          : random_.Pick(scene_.action_patterns));
    if (!LacksResource(kind)) Member("Resource", "*");
    if (random_.Chance(22)) {
      Name("Condition");
      WriteCondition(1, plan_, random_, out_);
    }
    out_.EndObject();
  }

  void WriteStatement(Kind kind) {
    const bool denies = kind == Kind::kRcp || random_.Chance(40);
    out_.StartObject();
    if (random_.Chance(15)) Member("Sid", random_.Chance(50) ? "One" : "Two");
    Member("Effect", denies ? "Deny" : "Allow");
    if (kind == Kind::kRcp) {
      Member("Principal", "*");
    } else if (HasPrincipal(kind)) {
      const bool trust =
          kind == Kind::kResource && scene_.resource_policy == ResourcePolicyForm::kTrust;
      const bool negated = !trust && random_.Chance(denies ? 22 : 3);
      Name(negated ? "NotPrincipal" : "Principal");
      WritePrincipal(negated);
    }
    const bool trust =
        kind == Kind::kResource && scene_.resource_policy == ResourcePolicyForm::kTrust;
    const bool not_action = kind != Kind::kRcp && !trust && random_.Chance(12);
    Name(not_action ? "NotAction" : "Action");
    WriteActions(trust);
    if (!LacksResource(kind)) {
      const bool not_resource = random_.Chance(14);
      Name(not_resource ? "NotResource" : "Resource");
      WriteResources(not_resource);
    }
    constexpr unsigned kAllowConditions[] = {22, 50, 22, 6};
    constexpr unsigned kDenyConditions[] = {6, 34, 40, 20};
    const std::size_t conditions =
        denies ? random_.Weighted(kDenyConditions) : random_.Weighted(kAllowConditions);
    if (conditions > 0 || random_.Chance(5)) {
      Name("Condition");
      WriteCondition(conditions, plan_, random_, out_);
    }
    out_.EndObject();
  }

  // ---- elements

  void WriteEverybody() {
    if (random_.Chance(75)) return Text("*");
    WriteRaw(out_, R"({"AWS":"*"})");
  }

  void WritePrincipal(bool negated) {
    if (!negated && random_.Chance(45)) return WriteEverybody();
    if (!negated && random_.Chance(2)) return WriteRaw(out_, R"({"AWS":[]})");
    WriteNames();
  }

  PrincipalName DrawName() {
    const Requester& requester = *random_.Pick(plan_.requesters);
    if (requester.names.empty() || random_.Chance(15)) return random_.Pick(OtherNames());
    return random_.Pick(requester.names);
  }

  // An object of types, each with its list.
  void WriteNames() {
    PrincipalName names[4];
    const std::size_t count = 1 + random_.Below(4);
    for (std::size_t i = 0; i < count; ++i) names[i] = DrawName();
    out_.StartObject();
    for (const std::string_view type : {"AWS", "Service", "Federated", "CanonicalUser"}) {
      std::size_t of_type = 0;
      for (std::size_t i = 0; i < count; ++i) of_type += names[i].type == type ? 1 : 0;
      if (of_type == 0) continue;
      Name(type);
      const bool list = of_type > 1 || random_.Chance(30);
      if (list) out_.StartArray();
      for (std::size_t i = 0; i < count; ++i) {
        if (names[i].type == type) Text(names[i].value);
      }
      if (list) out_.EndArray();
    }
    out_.EndObject();
  }

  void WriteActions(bool only_scene) {
    WriteList([&] {
      if (!only_scene && random_.Chance(25)) {
        Text(random_.Chance(50) ? "*" : random_.Pick(OddActionPatterns()));
      } else {
        Text(random_.Pick(scene_.action_patterns));
      }
    });
  }

  void WriteResources(bool negated) {
    WriteList([&] {
      if (!negated && random_.Chance(40)) {
        Text("*");
      } else if (random_.Chance(15)) {
        Text(random_.Pick(OddResourcePatterns()));
      } else {
        Text(random_.Pick(scene_.resource_patterns));
      }
    });
  }

  template <typename WriteOne>
  void WriteList(WriteOne write_one) {
    constexpr unsigned kCounts[] = {66, 22, 12};
    const std::size_t count = 1 + random_.Weighted(kCounts);
    if (count == 1 && random_.Chance(70)) return write_one();
    out_.StartArray();
    for (std::size_t i = 0; i < count; ++i) write_one();
    out_.EndArray();
  }

  SetPlan& plan_;
  const Scene& scene_;
  Random& random_;
  JsonWriter& out_;
};

}  // namespace

void WritePolicies(SetPlan& plan, Random& random, JsonWriter& out) {
  PolicyWriter(plan, random, out).Write();
}

}  // namespace postern::differential
