#pragma once

#include "tests/reference/readings.h"
#include "tests/reference/truth.h"

namespace postern::reference {

// S3 Block Public Access (S7.11): is the caller refused since the bucket policy is public?
Truth RefusedAsPublic(const Case& the_case, const Reading& reading);

// The public test for one document, a bucket's or an access point's.
bool IsPublic(const Document& document, bool of_access_point);

}  // namespace postern::reference
