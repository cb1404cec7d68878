// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::speech {

/// Number of a base phone in the model ("AA" 5, …).
using PhoneId = std::int16_t;

/// Where a phone stands in its word: it sounds differently at the edges.
enum class WordPosition : std::int16_t { Inside = 0, First = 1, Last = 2, Only = 3 };

/// The states of one phone in its context: number of the mixture ("senone") of each of its three.
using SenoneTriple = std::array<std::uint16_t, 3>;

/// Which mixtures make up which phone in which context: a Sphinx "mdef" file in its binary form.
/// Immutable after reading; any thread.
class ModelDefinition {
public:
    /// NotFound, Io, or InvalidInput when the file is no binary model definition of 3-state
    /// phones.
    [[nodiscard]] static Result<ModelDefinition> read(const std::filesystem::path& path);

    [[nodiscard]] int phoneCount() const { return static_cast<int>(names_.size()); }
    [[nodiscard]] int senoneCount() const { return senoneCount_; }
    [[nodiscard]] int transitionCount() const { return transitionCount_; }
    [[nodiscard]] const std::string& name(PhoneId phone) const { return names_[asIndex(phone)]; }
    [[nodiscard]] std::optional<PhoneId> phone(std::string_view name) const;
    [[nodiscard]] PhoneId silence() const { return silence_; }
    /// Silence and noises.
    [[nodiscard]] bool isFiller(PhoneId phone) const { return fillers_[asIndex(phone)]; }

    /// The phone without regard to its neighbours.
    [[nodiscard]] const SenoneTriple& plain(PhoneId phone) const { return plain_[asIndex(phone)]; }
    /// The phone between two others; the nearest context that the model knows.
    [[nodiscard]] const SenoneTriple& between(PhoneId phone, PhoneId left, PhoneId right,
                                              WordPosition position) const;
    [[nodiscard]] int transition(PhoneId phone) const { return transitions_[asIndex(phone)]; }
    /// Base phone (and with it the codebook) of a senone; -1 for one that no phone uses.
    [[nodiscard]] int phoneOfSenone(int senone) const {
        return phoneOfSenone_[static_cast<std::size_t>(senone)];
    }

private:
    struct TreeNode {
        std::int16_t context = 0;
        std::int16_t children = 0;
        std::int32_t next = 0; ///< First child, or the phone when there are no children.
    };
    struct Entry {
        std::int32_t sequence = 0;
        std::int32_t transition = 0;
        std::array<std::uint8_t, 4> attributes{};
    };
    struct Header;

    [[nodiscard]] static std::size_t asIndex(PhoneId phone) {
        return static_cast<std::size_t>(phone);
    }
    [[nodiscard]] bool readTables(std::string_view bytes, const Header& header);
    [[nodiscard]] bool connect(const std::vector<Entry>& entries,
                               const std::vector<SenoneTriple>& sequences);
    [[nodiscard]] const SenoneTriple* find(PhoneId phone, PhoneId left, PhoneId right,
                                           WordPosition position) const;
    [[nodiscard]] const SenoneTriple* findAnywhere(PhoneId phone, PhoneId left, PhoneId right,
                                                   WordPosition position) const;

    int senoneCount_ = 0;
    int transitionCount_ = 0;
    PhoneId silence_ = 0;
    std::vector<std::string> names_;
    std::vector<bool> fillers_;
    std::vector<SenoneTriple> plain_;
    std::vector<int> transitions_;
    std::vector<TreeNode> tree_;
    std::vector<SenoneTriple> phones_; ///< By number of the phone in context.
    std::vector<int> phoneOfSenone_;
};

} // namespace gesture::speech
