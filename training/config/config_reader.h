// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// Lowest and highest value allowed, both included.
template <typename Number>
struct Bounds {
    Number lowest = std::numeric_limits<Number>::lowest();
    Number highest = std::numeric_limits<Number>::max();
};

/// Reads a configuration by asking for keys. Each question names the key, its default and what is
/// allowed; the first thing wrong is kept and everything after it answers defaults, so that a
/// caller asks for all it needs and looks at `finish()` once. Keys that nobody asked for are typing
/// mistakes: `finish()` names the first with its line and the nearest known key. Sections share
/// the state of the whole. One thread.
class ConfigReader {
public:
    /// A YAML text of at most 1 MiB; `origin` is how errors call it. The reader does not trust it:
    /// no anchors, no tags, at most 16 levels.
    [[nodiscard]] static Result<ConfigReader> parse(std::string_view yaml, std::string origin);
    [[nodiscard]] static Result<ConfigReader> open(const std::filesystem::path& path);

    ConfigReader(ConfigReader&&) noexcept;
    ConfigReader& operator=(ConfigReader&&) noexcept;
    ~ConfigReader();

    /// The mapping under `key`; absent: an empty one.
    [[nodiscard]] ConfigReader section(std::string_view key);

    [[nodiscard]] double number(std::string_view key, double otherwise, Bounds<double> bounds = {});
    [[nodiscard]] std::int64_t count(std::string_view key, std::int64_t otherwise,
                                     Bounds<std::int64_t> bounds = {0});
    [[nodiscard]] bool flag(std::string_view key, bool otherwise);
    [[nodiscard]] std::string text(std::string_view key, std::string otherwise);
    /// One of `allowed`; the default is the first.
    [[nodiscard]] std::string choice(std::string_view key,
                                     std::initializer_list<std::string_view> allowed);
    [[nodiscard]] std::vector<std::int64_t> counts(std::string_view key,
                                                   std::vector<std::int64_t> otherwise,
                                                   Bounds<std::int64_t> bounds = {0});
    [[nodiscard]] std::vector<std::string> texts(std::string_view key,
                                                 std::vector<std::string> otherwise);
    [[nodiscard]] bool has(std::string_view key) const;

    /// Marks the configuration as wrong in a way that only the caller can see; `reason` is a
    /// sentence without the key's name.
    void refuse(std::string_view key, std::string reason);

    /// The first error, or a key that nobody asked for. InvalidInput.
    [[nodiscard]] Status finish() const;
    /// Every value that was asked for, defaults included, as YAML in the order of asking: what a
    /// run records of itself.
    [[nodiscard]] std::string complete() const;

private:
    struct State;
    struct Place;
    ConfigReader(std::shared_ptr<State> state, std::unique_ptr<Place> place);

    std::shared_ptr<State> state_;
    std::unique_ptr<Place> place_;
};

} // namespace gesture::training
