// Calls the program as a function, in a folder of its own.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/cli.h"

namespace postern::test {

struct ProgramResult {
  int code = 0;
  std::string out;
  std::string err;
};

// A folder that is removed again.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string Write(const std::string& name, std::string_view text) const;  // returns `name`
  std::string Read(const std::string& name) const;
  std::string path() const { return path_.string(); }
  // Runs `postern -C <this folder> args...`.
  ProgramResult Run(std::vector<std::string> args, const std::string& input = {}) const;

 private:
  std::filesystem::path path_;
};

ProgramResult RunProgram(const std::vector<std::string>& args, const std::string& input = {});

inline Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "postern-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

inline Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

inline std::string Folder::Write(const std::string& name, std::string_view text) const {
  std::filesystem::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
  return name;
}

inline std::string Folder::Read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path_ / name, std::ios::binary).rdbuf();
  return text.str();
}

inline ProgramResult Folder::Run(std::vector<std::string> args, const std::string& input) const {
  args.insert(args.begin(), {"-C", path()});
  return RunProgram(args, input);
}

inline ProgramResult RunProgram(const std::vector<std::string>& args, const std::string& input) {
  const std::vector<std::string_view> views(args.begin(), args.end());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int code = cmd::Run(views, in, out, err);
  return {code, out.str(), err.str()};
}

inline constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]})";
inline constexpr std::string_view kEndpointObjects =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"Objects","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]})";

// A Terraform plan with a broken endpoint policy and a bucket policy that is not known yet.
inline constexpr std::string_view kPlan =
    R"({"planned_values": {"root_module": {"resources": [
  {"address": "aws_vpc_endpoint.s3", "type": "aws_vpc_endpoint", "values": {
    "service_name": "com.amazonaws.eu-west-1.s3",
    "policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}}]}},
 "resource_changes": [
  {"address": "aws_s3_bucket_policy.own", "type": "aws_s3_bucket_policy",
   "change": {"after_unknown": {"policy": true}}}]})";

}  // namespace postern::test
