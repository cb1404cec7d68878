// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gesture::interchange {

/// An array as an FBX property: packed once, used in as many nodes as want it.
struct FbxArray {
    std::string bytes; ///< Type, counts, contents.
};
[[nodiscard]] FbxArray fbxArray(std::span<const std::int32_t> values);
[[nodiscard]] FbxArray fbxArray(std::span<const std::int64_t> values);
[[nodiscard]] FbxArray fbxArray(std::span<const float> values);
[[nodiscard]] FbxArray fbxArray(std::span<const double> values);

/// A node of an FBX document: a name, properties, nodes below. Arrays are deflated when they are
/// longer than a few numbers. Value type.
class FbxNode {
public:
    explicit FbxNode(std::string_view name)
        : name_(name) {}
    /// A node with one property, or more.
    template <typename... Values>
    FbxNode(std::string_view name, const Values&... values)
        : name_(name) {
        (add(values), ...);
    }

    FbxNode& add(std::int32_t value);
    FbxNode& add(std::int64_t value);
    FbxNode& add(double value);
    FbxNode& add(std::string_view text);
    FbxNode& add(const char* text) { return add(std::string_view(text)); }
    FbxNode& add(const std::string& text) { return add(std::string_view(text)); }
    FbxNode& add(std::span<const std::byte> bytes);
    FbxNode& add(const FbxArray& array);

    /// Appends a node below; valid until the next is appended.
    FbxNode& child(FbxNode node) {
        children_.push_back(std::move(node));
        return children_.back();
    }
    template <typename... Values>
    FbxNode& child(std::string_view name, const Values&... values) {
        return child(FbxNode(name, values...));
    }

    [[nodiscard]] const std::string& name() const { return name_; }
    /// Appends the node as the file has it; `offset` is where in the file it begins.
    void appendTo(std::string& file, std::uint64_t offset) const;

private:
    std::string name_;
    std::string properties_;
    std::uint32_t propertyCount_ = 0;
    std::vector<FbxNode> children_;
};

/// "Name", zero, one, "Class": how FBX names objects.
[[nodiscard]] std::string fbxObjectName(std::string_view name, std::string_view objectClass);

/// The list "Properties70" of an object. Flags: "A" animatable, "A+U" …; most are empty.
class FbxProperties {
public:
    FbxProperties()
        : node_("Properties70") {}

    FbxProperties& integer(std::string_view name, std::int32_t value);
    FbxProperties& enumeration(std::string_view name, std::int32_t value);
    FbxProperties& number(std::string_view name, double value);
    FbxProperties& animatedNumber(std::string_view name, double value);
    FbxProperties& time(std::string_view name, std::int64_t ticks);
    FbxProperties& text(std::string_view name, std::string_view value);
    /// "Lcl Translation", "Lcl Rotation", "Lcl Scaling".
    FbxProperties& placement(std::string_view name, double x, double y, double z);
    FbxProperties& colour(std::string_view name, double r, double g, double b);
    FbxProperties& object(std::string_view name);

    [[nodiscard]] FbxNode node() && { return std::move(node_); }

private:
    FbxNode node_;
};

} // namespace gesture::interchange
