#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/variables/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"VA801", "variable-unclosed", kError, kStable, "a variable without its closing brace",
     "AWS refuses the policy, or takes the rest of the text for the variable's name. A dollar sign "
     "that is meant is `${$}`.",
     "IAM User Guide, Access Analyzer policy check reference: Missing brace in variable; semantics "
     "S5.1",
     CheckVariableUnclosed},
    {"VA802", "variable-quote", kError, kStable, "a default value that is not written as one",
     "A default stands in single quotes behind a comma and a blank: `${aws:PrincipalTag/team, "
     "'none'}`.",
     "IAM User Guide, Access Analyzer policy check reference: Missing quote in variable; semantics "
     "S5.1",
     CheckVariableDefault},
    {"VA803", "variable-space", kError, kStable, "a blank in a variable's name",
     "The name is a condition key, which has no blanks. AWS refuses the policy.",
     "IAM User Guide, Access Analyzer policy check reference: Unsupported space in variable; "
     "semantics S5.1",
     CheckVariableBlank},
    {"VA804", "variable-empty", kError, kStable, "a variable without a name",
     "`${}` stands for nothing, and AWS refuses the policy.",
     "IAM User Guide, Access Analyzer policy check reference: Empty variable; semantics S5.1",
     CheckVariableEmpty},
    {"VA805", "variable-needs-2012", kError, kStable,
     "a policy variable in a policy of the old language",
     "Variables work with Version 2012-10-17 only. With 2008-10-17, or without Version, "
     "`${aws:username}` is those fifteen characters, and the statement matches nothing.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S1.5",
     CheckVariablesNeedVersion},
    {"VA806", "variable-wrong-element", kError, kStable, "a variable where AWS replaces none",
     "Variables are replaced in the last part of a Resource and in values of conditions. In "
     "Action, in Principal and in the other parts of an ARN they are plain text, which matches "
     "nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Variable unsupported in element; "
     "semantics S5.2",
     CheckVariablePlace},
    {"VA807", "variable-wrong-operator", kError, kStable,
     "a variable under an operator that takes none",
     "Only String and ARN operators replace variables. Under Numeric, Date and IP operators the "
     "text is no value, and the condition is never true.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid variable for operator; "
     "semantics S5.2",
     CheckVariableOperator},
    {"VA808", "variable-unknown", kError, kStable, "a variable that is no condition key",
     "A variable is replaced by the value of the condition key it names. One that does not exist "
     "has no value, so the Resource or value with it matches nothing.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S5.5",
     CheckVariableUnknown},
    {"VA809", "variable-multivalued", kError, kStable, "a variable for a key with several values",
     "Which of the values would stand there is not defined, so AWS takes single-valued keys only.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S5.3",
     CheckVariableMultivalued},
    {"VA810", "variable-maybe-absent", kWarning, kPreview,
     "a user's name in a policy that roles may have",
     "Roles have no aws:username. The Resource with it matches nothing for them, which may be "
     "meant.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S5.5",
     CheckVariableMaybeAbsent},
    {"VA811", "placeholder-left", kError, kStable, "a placeholder that nobody filled in",
     "Text such as `{BUCKET_NAME}` or `<my-org-id>` is no policy variable: AWS takes it "
     "literally, and the statement matches nothing. Ids from AWS's documentation are a "
     "suggestion: they may be meant.",
     "Amazon S3 User Guide, General purpose bucket naming rules: what a name can hold; IAM "
     "User Guide, IAM policy elements: Variables and tags",
     CheckPlaceholders},
    {"VA812", "template-syntax-left", kError, kStable,
     "a template's variable that was not replaced",
     "`${AWS::Region}`, `${var.name}` and `${Name}` are no policy variables: those are condition "
     "keys, with one colon. AWS takes them for text, or refuses them.",
     "IAM User Guide, IAM policy elements: Variables and tags; AWS CloudFormation User Guide, "
     "Fn::Sub",
     CheckTemplateSyntax},
    {"VA813", "brace-without-dollar", kWarning, kStable,
     "a policy variable that lacks a part of its form",
     "`{aws:username}`, `$aws:username` and `$(aws:username)` are plain text, which matches "
     "nothing.",
     "IAM User Guide, IAM policy elements: Variables and tags", CheckBraceWithoutDollar},
    {"VA814", "literal-region-word", kWarning, kStable,
     "the word `region` in the name of a bucket of AWS",
     "AWS's guides write `patch-baseline-snapshot-region` for a bucket in each Region. Copied as "
     "it stands it names a bucket that does not exist, and patching fails.",
     "AWS Systems Manager User Guide, SSM Agent communications with AWS managed S3 buckets",
     CheckLiteralRegionWord},
};

}  // namespace

std::span<const Rule> VariableRules() { return kRules; }

}  // namespace postern::policy
