#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/json/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"JS101", "syntax-error", kError, kStable, "the text is not JSON",
     "A policy is JSON, and AWS refuses a text that is not. The finding stands where reading could "
     "not "
     "go on; what is before and behind it is checked all the same.",
     "RFC 8259; IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS102", "trailing-comma", kError, kStable, "a comma before `]` or `}`",
     "JavaScript allows a comma behind the last member, JSON does not, and AWS refuses the "
     "document. It "
     "is what remains when the last member of a list is deleted.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS103", "missing-comma", kError, kStable, "two values without a comma between them",
     "A parser stops at the second value, which is right; the comma is missing behind the first. "
     "It "
     "happens when a line is added at the end of a list.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS104", "missing-open-brace", kError, kStable,
     "a member of an object stands in a list: the `{` in front of it is missing",
     "Where statements are copied by hand the line with the opening brace is lost easily. Parsers "
     "then "
     "complain about the colon behind the first name and say nothing about a brace.",
     "RFC 8259, section 4", nullptr},
    {"JS105", "unclosed-bracket", kError, kStable, "a bracket that is never closed",
     "A parser notices at the end of the file, far from the mistake. The indentation tells which "
     "bracket it was.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS106", "extra-close-bracket", kError, kStable, "a closing bracket that closes nothing",
     "It is left over from a deleted block, or its partner is missing further up. AWS refuses the "
     "document.",
     "RFC 8259, sections 4 and 5", nullptr},
    {"JS107", "comment", kError, kStable, "a comment in the policy",
     "JSON has no comments, and AWS refuses a policy that holds one, also where the tool that "
     "wrote it "
     "accepts them. The place for a remark is the Sid of a statement.",
     "RFC 8259, section 2; IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS108", "json5-or-python", kError, kStable,
     "syntax of JavaScript, Python or another language",
     "Single quotes, names without quotes, True and None are right elsewhere, and no JSON. AWS "
     "refuses the document.",
     "RFC 8259, sections 3, 6 and 7", nullptr},
    {"JS109", "smart-quotes", kError, kStable, "typographic quotes",
     "Text that was copied from a web page or a word processor has quotes that JSON does not know. "
     "AWS's answer does not say so.",
     "RFC 8259, section 7", nullptr},
    {"JS110", "duplicate-key", kError, kStable, "the same name twice in one object",
     "Parsers disagree about which of the two wins, so two readers of one policy see two policies. "
     "The "
     "policy grammar forbids it for every element.",
     "IAM User Guide, Grammar of the IAM JSON policy language; RFC 8259, section 4", nullptr},
    {"JS111", "bom-or-bad-utf8", kError, kStable, "a byte order mark, or bytes that are not UTF-8",
     "JSON is UTF-8 without a byte order mark. Editors on Windows add the mark silently, and what "
     "AWS "
     "answers then says nothing about it.",
     "RFC 8259, section 8.1", nullptr},
    {"JS112", "invisible-character", kWarning, kStable, "a character in a value that nobody sees",
     "A no-break space from a web page, a zero-width space from a chat or a blank at the end of a "
     "name makes a value that matches nothing.",
     "Unicode Standard, General Punctuation; semantics S4.2", CheckInvisibleCharacter},
    {"JS113", "character-not-allowed", kError, kStable,
     "a character that IAM does not take in policies",
     "IAM's API takes tab, line ends and the characters from U+0020 to U+00FF. It refuses a "
     "document with any other, in a Sid too.",
     "IAM API Reference, CreatePolicy: PolicyDocument", CheckCharacterNotAllowed},
    {"JS114", "control-in-string", kError, kStable,
     "a tab, a line end or another control character in a string",
     "Inside a string they are written as escapes. AWS refuses the document.",
     "RFC 8259, section 7", nullptr},
    {"JS115", "several-documents", kError, kStable, "something stands behind the policy",
     "A policy is one JSON object. Text behind it, a second policy for example, makes the whole "
     "document invalid.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS116", "root-not-object", kError, kStable, "the document is not an object",
     "A policy is one object with Version and Statement. A list of statements alone, or a text, is "
     "none.",
     "IAM User Guide, Grammar of the IAM JSON policy language", nullptr},
    {"JS117", "double-encoded", kWarning, kStable,
     "the policy is wrapped in a JSON string or in URL encoding",
     "DescribeVpcEndpoints prints a policy as a JSON string and IAM's API prints it URL-encoded. "
     "postern reads the inside; whoever sends the file as it is gets it refused.",
     "Amazon EC2 API Reference, VpcEndpoint: PolicyDocument; IAM API Reference, GetRolePolicy",
     nullptr},
    {"JS119", "nesting-too-deep", kError, kStable, "brackets nested deeper than 64 levels",
     "The grammar of policies needs five levels. Deeper ones are damage, or an attempt to exhaust "
     "whoever reads it.",
     "IAM User Guide, Grammar of the IAM JSON policy language; semantics S1.2.7", nullptr},
    {"JS120", "leading-zero-number", kError, kStable, "a number that begins with 0",
     "JSON has no such number. It is an account id without its quotes, most often.",
     "RFC 8259, section 6", nullptr},
};

}  // namespace

std::span<const Rule> JsonRules() { return kRules; }

}  // namespace postern::policy
