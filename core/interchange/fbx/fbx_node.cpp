// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_node.h"

#include "core/base/assert.h"

#include <cstring>
#include <zlib.h>

namespace gesture::interchange {

namespace {

constexpr std::size_t kNullRecordBytes = 13;
constexpr std::size_t kHeadBytes = 13; ///< Three numbers and the length of the name.
/// Shorter arrays are stored as they are.
constexpr std::size_t kDeflateFrom = 128;
/// The fastest: most of what it saves are arrays that hardly change.
constexpr int kDeflateLevel = 1;

template <typename T>
void append(std::string& bytes, T value) {
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof(T));
    std::memcpy(&bytes[at], &value, sizeof(T));
}

template <typename T>
FbxArray packed(char type, std::span<const T> values) {
    const auto raw = std::as_bytes(values);
    FbxArray array;
    array.bytes += type;
    append(array.bytes, static_cast<std::uint32_t>(values.size()));
    uLongf length = compressBound(static_cast<uLong>(raw.size()));
    const bool deflated = raw.size() > kDeflateFrom;
    const std::size_t head = array.bytes.size() + 2 * sizeof(std::uint32_t);
    array.bytes.resize(head + (deflated ? length : raw.size()));
    if (deflated) {
        const int result = compress2(reinterpret_cast<Bytef*>(&array.bytes[head]), &length,
                                     reinterpret_cast<const Bytef*>(raw.data()),
                                     static_cast<uLong>(raw.size()), kDeflateLevel);
        GESTURE_ASSERT(result == Z_OK);
        array.bytes.resize(head + length);
    } else if (!raw.empty()) {
        std::memcpy(&array.bytes[head], raw.data(), raw.size());
    }
    const std::uint32_t encoding = deflated ? 1 : 0;
    const auto stored = static_cast<std::uint32_t>(array.bytes.size() - head);
    std::memcpy(&array.bytes[head - 2 * sizeof(std::uint32_t)], &encoding, sizeof(encoding));
    std::memcpy(&array.bytes[head - sizeof(std::uint32_t)], &stored, sizeof(stored));
    return array;
}

} // namespace

FbxArray fbxArray(std::span<const std::int32_t> values) { return packed('i', values); }
FbxArray fbxArray(std::span<const std::int64_t> values) { return packed('l', values); }
FbxArray fbxArray(std::span<const float> values) { return packed('f', values); }
FbxArray fbxArray(std::span<const double> values) { return packed('d', values); }

FbxNode& FbxNode::add(std::int32_t value) {
    properties_ += 'I';
    append(properties_, value);
    ++propertyCount_;
    return *this;
}

FbxNode& FbxNode::add(std::int64_t value) {
    properties_ += 'L';
    append(properties_, value);
    ++propertyCount_;
    return *this;
}

FbxNode& FbxNode::add(double value) {
    properties_ += 'D';
    append(properties_, value);
    ++propertyCount_;
    return *this;
}

FbxNode& FbxNode::add(std::string_view text) {
    properties_ += 'S';
    append(properties_, static_cast<std::uint32_t>(text.size()));
    properties_ += text;
    ++propertyCount_;
    return *this;
}

FbxNode& FbxNode::add(std::span<const std::byte> bytes) {
    properties_ += 'R';
    append(properties_, static_cast<std::uint32_t>(bytes.size()));
    properties_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    ++propertyCount_;
    return *this;
}

FbxNode& FbxNode::add(const FbxArray& array) {
    properties_ += array.bytes;
    ++propertyCount_;
    return *this;
}

void FbxNode::appendTo(std::string& file, std::uint64_t offset) const {
    const std::size_t start = file.size();
    append(file, std::uint32_t{0}); // where the node ends: known below
    append(file, propertyCount_);
    append(file, static_cast<std::uint32_t>(properties_.size()));
    file += static_cast<char>(name_.size());
    file += name_;
    file += properties_;
    for (const FbxNode& node : children_)
        node.appendTo(file, offset + (file.size() - start));
    // Readers take a node without properties for one with nodes below, even if there are none.
    if (!children_.empty() || propertyCount_ == 0 || name_ == "AnimationLayer")
        file.append(kNullRecordBytes, '\0');
    const auto end = static_cast<std::uint32_t>(offset + (file.size() - start));
    std::memcpy(&file[start], &end, sizeof(end));
    static_assert(kHeadBytes == 3 * sizeof(std::uint32_t) + 1);
}

std::string fbxObjectName(std::string_view name, std::string_view objectClass) {
    std::string result(name);
    result += '\0';
    result += '\x01';
    result += objectClass;
    return result;
}

FbxProperties& FbxProperties::integer(std::string_view name, std::int32_t value) {
    node_.child("P", name, "int", "Integer", "", value);
    return *this;
}

FbxProperties& FbxProperties::enumeration(std::string_view name, std::int32_t value) {
    node_.child("P", name, "enum", "", "", value);
    return *this;
}

FbxProperties& FbxProperties::number(std::string_view name, double value) {
    node_.child("P", name, "double", "Number", "", value);
    return *this;
}

FbxProperties& FbxProperties::animatedNumber(std::string_view name, double value) {
    node_.child("P", name, "Number", "", "A", value);
    return *this;
}

FbxProperties& FbxProperties::time(std::string_view name, std::int64_t ticks) {
    node_.child("P", name, "KTime", "Time", "", ticks);
    return *this;
}

FbxProperties& FbxProperties::text(std::string_view name, std::string_view value) {
    node_.child("P", name, "KString", "", "", value);
    return *this;
}

FbxProperties& FbxProperties::placement(std::string_view name, double x, double y, double z) {
    node_.child("P", name, name, "", "A", x, y, z);
    return *this;
}

FbxProperties& FbxProperties::colour(std::string_view name, double r, double g, double b) {
    node_.child("P", name, "Color", "", "A", r, g, b);
    return *this;
}

FbxProperties& FbxProperties::object(std::string_view name) {
    node_.child("P", name, "object", "", "");
    return *this;
}

} // namespace gesture::interchange
