// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/speech/acoustic_model.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::speech {

/// One way to say a word, in phones.
using Pronunciation = std::vector<PhoneId>;
/// The ways to say one word; never empty, none of them empty.
using SpokenWord = std::vector<Pronunciation>;

/// What a stretch of sound may be.
enum class UnitKind : std::uint8_t {
    Phone,   ///< A phone of a word.
    Silence, ///< A pause or a noise, as the model knows them.
    Unknown, ///< Anything else: speech that the text lacks, music.
};

/// A node of the alignment graph: a sound of three states (Unknown: of one).
struct Unit {
    UnitKind kind = UnitKind::Phone;
    PhoneId phone = 0;
    std::int32_t word = -1; ///< Index of the spoken word; -1 outside words.
    /// Where it leads: the junction after its word, or -1: to the unit that follows in the list.
    std::int32_t junction = -1;
    /// Mixtures of its states next to a neighbour and next to a pause; the better one counts.
    SenoneTriple joined{};
    SenoneTriple apart{};
};

/// What leaving the straight path costs, in nats. Chosen on synthetic speech, see docs/numbers.md.
struct AlignmentCosts {
    float pause = 2.0F;
    float noise = 8.0F;
    float unknown = 20.0F;
    float unknownFrame = 3.0F; ///< Per frame, below the best phone of that frame.
    float skippedWord = 40.0F;
    /// Per frame that a phone lasts beyond `longPhone`: no phone swallows a noise that is like it.
    float heldFrame = 2.5F;
    std::int64_t longPhone = 40; ///< Frames.
};

/// The words of a text one after the other, each in all its pronunciations; between them pauses,
/// noises and unknown sound may lie, and words may be missing. Junction j lies before word j.
/// Immutable; any thread.
class AlignmentGraph {
public:
    AlignmentGraph(const AcousticModel& model, const std::vector<SpokenWord>& words);

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] std::int32_t lastJunction() const {
        return static_cast<std::int32_t>(entryBegin_.size()) - 2;
    }
    /// Units that may start at a junction.
    [[nodiscard]] std::span<const std::int32_t> entries(std::int32_t junction) const {
        const auto at = static_cast<std::size_t>(junction);
        const auto begin = static_cast<std::size_t>(entryBegin_[at]);
        const auto end = static_cast<std::size_t>(entryBegin_[at + 1]);
        return std::span(entries_).subspan(begin, end - begin);
    }

private:
    void addFillers(const AcousticModel& model, std::int32_t junction);
    void addWord(const ModelDefinition& model, const std::vector<SpokenWord>& words,
                 std::int32_t word);

    std::vector<Unit> units_;
    std::vector<std::int32_t> entries_;
    std::vector<std::int32_t> entryBegin_; ///< By junction, and one more.
};

} // namespace gesture::speech
