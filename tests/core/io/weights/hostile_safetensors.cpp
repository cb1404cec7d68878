// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/weights/hostile_files.h"

#include <cstring>
#include <fmt/format.h>
#include <initializer_list>

namespace gesture::test {

namespace {

void append(ByteVector& bytes, const ByteVector& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

std::string repeated(const std::string& text, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

ByteVector safetensors(const std::string& header, std::size_t dataBytes,
                       std::int64_t lengthError = 0) {
    const auto length =
        static_cast<std::uint64_t>(static_cast<std::int64_t>(header.size()) + lengthError);
    ByteVector bytes(sizeof(length));
    std::memcpy(bytes.data(), &length, sizeof(length));
    append(bytes, bytesOf(header));
    bytes.resize(bytes.size() + dataBytes);
    return bytes;
}

std::string entry(const std::string& fields) { return "{\"w\":{" + fields + "}}"; }

} // namespace

HostileFiles hostileSafetensors() {
    HostileFiles files;
    const auto add = [&](const std::string& name, const ByteVector& bytes,
                         const std::string& reason = {}) {
        files.push_back({name + ".safetensors", bytes, reason});
    };
    const std::string good = R"("dtype":"F32","shape":[2],"data_offsets":[0,8])";
    for (const std::int64_t error : {-1, 1, 9, 1 << 20})
        add(fmt::format("length.{}", error), safetensors(entry(good), 8, error));
    add("length.max", ByteVector(64, std::byte{0xff}), "longer than the file");
    add("length.negative", safetensors(entry(good), 8, -1000), "longer than the file");
    add("length.zero", ByteVector(16));
    add("header.huge", safetensors(std::string((16U << 20) + 8, ' '), 0), "at most");
    add("header.blank", safetensors(" " + entry(good), 8), "begin with '{'");
    add("header.array", safetensors("[1]", 0), "begin with '{'");
    add("header.number", safetensors(R"({"w":3})", 0));
    add("header.deep", safetensors("{\"w\":" + repeated("[", 500'000), 0));
    add("header.deep_object", safetensors(repeated("{\"w\":", 200'000), 0));
    add("header.comment", safetensors("{/* */}", 0));
    add("header.trailing", safetensors(entry(good) + "x", 8));
    add("header.utf8", safetensors("{\"\xff\":{" + good + "}}", 8));
    add("gap.before", safetensors(entry(R"("dtype":"F32","shape":[2],"data_offsets":[4,12])"), 12),
        "gap");
    add("gap.behind", safetensors(entry(good), 9), "belong to no tensor");
    add("short", safetensors(entry(good), 7), "ends behind");
    add("no_data", safetensors(entry(good), 0), "ends behind");
    const std::string second = R"("v":{"dtype":"U8","shape":[4],"data_offsets":[)";
    const std::string both = "{\"w\":{" + good + "}," + second;
    add("overlap", safetensors(both + "6,10]}}", 10), "overlaps");
    add("same", safetensors("{\"w\":{" + good + R"(},"v":{)" + good + "}}", 8), "overlaps");
    add("gap.between", safetensors(both + "9,13]}}", 13), "gap");
    add("twice",
        safetensors("{\"w\":{" + good +
                        R"(},"w":{"dtype":"U8","shape":[1],)"
                        R"("data_offsets":[8,9]}})",
                    9),
        "occurs twice");
    for (const std::string shape : std::initializer_list<const char*>{
             "[3]", "[]", "[2,2]", "[0]", "[-2]", "[2.0]", "[NaN]", "[1e400]", "[\"2\"]", "[[2]]",
             "2", "null", "{}", "[4294967296,4294967296]", "[18446744073709551615,2]",
             "[18446744073709551616]"})
        add("shape." + shape,
            safetensors(entry(R"("dtype":"F32","shape":)" + shape + R"(,"data_offsets":[0,8])"),
                        8));
    for (const std::string offsets : std::initializer_list<const char*>{
             "[8,0]", "[0]", "[]", "[0,8,8]", "[-8,0]", "[0,NaN]", "[0,Infinity]", "[0,8.0]", "8",
             "null", "[[0,8]]", "[18446744073709551608,0]", "[0,18446744073709551615]"})
        add("offsets." + offsets,
            safetensors(entry(R"("dtype":"F32","shape":[2],"data_offsets":)" + offsets), 8));
    for (const std::string type : std::initializer_list<const char*>{
             "\"F64\"", "\"F16\"", "\"f32\"", "\"C64\"", "\"\"", "32", "null", "[\"F32\"]"})
        add("dtype." + std::to_string(files.size()),
            safetensors(entry("\"dtype\":" + type + R"(,"shape":[2],"data_offsets":[0,8])"), 8));
    add("field.missing", safetensors(entry(R"("dtype":"F32","shape":[2])"), 8), "no type");
    add("field.unknown", safetensors(entry(good + R"(,"code":"x")"), 8), "unknown field");
    add("field.twice", safetensors(entry(good + R"(,"dtype":"F32")"), 8), "twice");
    add("name.empty", safetensors("{\"\":{" + good + "}}", 8), "no name");
    add("name.control", safetensors("{\"a\\u0000b\":{" + good + "}}", 8), "no name");
    add("name.long", safetensors("{\"" + std::string(5000, 'n') + "\":{" + good + "}}", 8),
        "no name");
    add("metadata.number", safetensors(R"({"__metadata__":{"a":1}})", 0));
    add("metadata.nested", safetensors(R"({"__metadata__":{"a":{}}})", 0));
    add("metadata.text", safetensors(R"({"__metadata__":"a"})", 0));
    add("metadata.twice", safetensors(R"({"__metadata__":{},"__metadata__":{}})", 0), "twice");
    std::string axes = "1";
    for (int i = 0; i < 40; ++i)
        axes += ",1";
    add("axes",
        safetensors(entry(R"("dtype":"U8","shape":[)" + axes + R"(],"data_offsets":[0,1])"), 1),
        "too many axes");
    std::string many = "{";
    for (int i = 0; i < 100'001; ++i)
        many += fmt::format(R"({}"{}":{{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})",
                            i > 0 ? "," : "", i);
    add("many", safetensors(many + "}", 0), "more than 100000");
    return files;
}

} // namespace gesture::test
