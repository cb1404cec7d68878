// SPDX-License-Identifier: Apache-2.0
#include "core/speech/model_definition.h"

#include "core/base/atomic_file.h"
#include "core/speech/byte_cursor.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::speech {

namespace {

constexpr std::size_t kMaxFileBytes = 64U << 20;
constexpr std::int32_t kStates = 3;
constexpr std::int32_t kPositions = 4;

} // namespace

/// The numbers at the front of the file, in its order.
struct ModelDefinition::Header {
    std::int32_t basePhones, phones, states, baseSenones, senones, transitions, sequences, contexts,
        treeNodes, silence;

    /// Every size is positive and small enough for the file to hold it.
    [[nodiscard]] bool plausible(std::size_t bytes) const {
        const auto limit = static_cast<std::int32_t>(std::min<std::size_t>(bytes, kMaxFileBytes));
        const auto sane = [&](std::int32_t n) { return n > 0 && n <= limit; };
        return sane(basePhones) && basePhones <= 255 && sane(phones) && phones >= basePhones &&
               states == kStates && sane(senones) && senones <= 65535 && sane(transitions) &&
               sane(sequences) && sane(treeNodes) && treeNodes >= kPositions && silence >= 0 &&
               silence < basePhones;
    }
};

Result<ModelDefinition> ModelDefinition::read(const std::filesystem::path& path) {
    const auto file = readTextFile(path, kMaxFileBytes);
    if (!file) return Error(file.error());
    const Error damaged{ErrorCode::InvalidInput,
                        fmt::format("'{}' is no model definition that this program reads: install "
                                    "the package pocketsphinx-en-us again.",
                                    path.string())};
    ByteCursor cursor(*file);
    const auto magic = cursor.take(4);
    const auto version = cursor.value<std::int32_t>();
    const auto description = cursor.value<std::int32_t>();
    if (!magic || *magic != "BMDF" || version != 1 || !description || *description < 0 ||
        !cursor.take(static_cast<std::size_t>(*description)))
        return damaged;
    const auto header = cursor.value<Header>();
    if (!header || !header->plausible(file->size())) return damaged;
    ModelDefinition model;
    if (!model.readTables(std::string_view(*file).substr(cursor.position()), *header))
        return damaged;
    return model;
}

bool ModelDefinition::readTables(std::string_view bytes, const Header& header) {
    ByteCursor cursor(bytes);
    for (int i = 0; i < header.basePhones; ++i) {
        const std::size_t end = bytes.find('\0', cursor.position());
        if (end == std::string_view::npos) return false;
        names_.emplace_back(*cursor.take(end - cursor.position()));
        if (!cursor.take(1)) return false;
    }
    // The tables start at a multiple of four bytes from the first name.
    if (!cursor.take((4 - cursor.position() % 4) % 4)) return false;
    const auto fits = [&](std::int32_t count, std::size_t each) {
        return static_cast<std::size_t>(count) <= cursor.left() / each;
    };
    if (!fits(header.treeNodes, sizeof(TreeNode))) return false;
    tree_.resize(static_cast<std::size_t>(header.treeNodes));
    if (!cursor.fill(std::span(tree_)) || !fits(header.phones, sizeof(Entry))) return false;
    std::vector<Entry> entries(static_cast<std::size_t>(header.phones));
    if (!cursor.fill(std::span(entries)) || !cursor.value<std::int32_t>() ||
        !fits(header.sequences, sizeof(SenoneTriple)))
        return false;
    std::vector<SenoneTriple> sequences(static_cast<std::size_t>(header.sequences));
    if (!cursor.fill(std::span(sequences))) return false;
    senoneCount_ = header.senones;
    transitionCount_ = header.transitions;
    silence_ = static_cast<PhoneId>(header.silence);
    return connect(entries, sequences);
}

bool ModelDefinition::connect(const std::vector<Entry>& entries,
                              const std::vector<SenoneTriple>& sequences) {
    phoneOfSenone_.assign(static_cast<std::size_t>(senoneCount_), -1);
    phones_.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (entry.sequence < 0 || static_cast<std::size_t>(entry.sequence) >= sequences.size() ||
            entry.transition < 0 || entry.transition >= transitionCount_)
            return false;
        const SenoneTriple& triple = sequences[static_cast<std::size_t>(entry.sequence)];
        // A phone in context names its base phone second; a base phone is its own.
        const std::size_t base = i < names_.size() ? i : entry.attributes[1];
        if (base >= names_.size()) return false;
        for (const std::uint16_t senone : triple) {
            if (senone >= senoneCount_) return false;
            int& owner = phoneOfSenone_[senone];
            if (owner < 0) owner = static_cast<int>(base);
        }
        phones_.push_back(triple);
        if (i >= names_.size()) continue;
        plain_.push_back(triple);
        transitions_.push_back(entry.transition);
        fillers_.push_back(entry.attributes[0] != 0);
    }
    for (const TreeNode& node : tree_) {
        const std::int64_t limit =
            static_cast<std::int64_t>(node.children > 0 ? tree_.size() : phones_.size());
        if (node.children < 0 || std::int64_t{node.next} + node.children > limit ||
            (node.children > 0 && node.next < 0) ||
            (node.children == 0 && std::int64_t{node.next} >= limit))
            return false;
    }
    return true;
}

std::optional<PhoneId> ModelDefinition::phone(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<PhoneId>(found - names_.begin());
}

const SenoneTriple* ModelDefinition::find(PhoneId phone, PhoneId left, PhoneId right,
                                          WordPosition position) const {
    const std::array<PhoneId, 4> path{static_cast<PhoneId>(position), phone,
                                      isFiller(left) ? silence_ : left,
                                      isFiller(right) ? silence_ : right};
    std::size_t first = 0;
    std::size_t count = kPositions;
    for (const PhoneId wanted : path) {
        std::size_t i = 0;
        while (i < count && tree_[first + i].context != wanted)
            ++i;
        if (i == count) return nullptr;
        const TreeNode& node = tree_[first + i];
        if (node.children == 0)
            return node.next < 0 ? nullptr : &phones_[static_cast<std::size_t>(node.next)];
        first = static_cast<std::size_t>(node.next);
        count = static_cast<std::size_t>(node.children);
    }
    return nullptr;
}

const SenoneTriple* ModelDefinition::findAnywhere(PhoneId phone, PhoneId left, PhoneId right,
                                                  WordPosition position) const {
    if (const auto* exact = find(phone, left, right, position)) return exact;
    for (std::int16_t other = 0; other < kPositions; ++other)
        if (const auto* found = find(phone, left, right, static_cast<WordPosition>(other)))
            return found;
    return nullptr;
}

const SenoneTriple& ModelDefinition::between(PhoneId phone, PhoneId left, PhoneId right,
                                             WordPosition position) const {
    if (const auto* found = findAnywhere(phone, left, right, position)) return *found;
    const bool atBegin = position == WordPosition::First || position == WordPosition::Only;
    const bool atEnd = position == WordPosition::Last || position == WordPosition::Only;
    if (atBegin || atEnd) {
        const PhoneId quietLeft = atBegin ? silence_ : left;
        const PhoneId quietRight = atEnd ? silence_ : right;
        if (const auto* found = findAnywhere(phone, quietLeft, quietRight, position)) return *found;
    }
    return plain(phone);
}

} // namespace gesture::speech
