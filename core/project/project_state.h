// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/time.h"
#include "core/inference/edit_mask.h"
#include "core/inference/generation.h"
#include "core/motion/clip.h"
#include "core/project/shared.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gesture::project {

// What a project holds, as values. Motion, analysis and embedded sound are large: they lie in the
// project's file as blobs (see BlobStore), and the state names them by their content's hash.

// What a project may hold at most; files that claim more are refused.
inline constexpr std::int64_t kMaxFrames = motion::Clip::kMaxFrames;
inline constexpr std::size_t kMaxWords = 250'000;
inline constexpr std::size_t kMaxTakes = 10'000;
inline constexpr std::size_t kMaxListed = 20'000; ///< Markers, segments, curve points, …
inline constexpr std::size_t kMaxName = 1024;     ///< Bytes of UTF-8.
inline constexpr std::size_t kMaxText = 256 * 1024;

/// 64 lower-case hexadecimal digits; empty: none.
using ContentHash = std::string;
[[nodiscard]] bool isContentHash(const std::string& text);

/// Of takes, markers and segments: given by the project, never used twice in it. 0: none.
struct ItemId {
    std::int64_t value = 0;
    auto operator<=>(const ItemId&) const = default;
    explicit operator bool() const { return value != 0; }
};

/// The speech. Its file is referenced, and may lie in the project besides.
struct AudioReference {
    std::filesystem::path path; ///< Absolute; empty: the project has no sound.
    ContentHash sha256;         ///< Of the file.
    std::int64_t bytes = 0;     ///< Of the file.
    int sampleRate = 0;         ///< Hz
    int channels = 0;
    std::int64_t sampleCount = 0; ///< Per channel.
    ContentHash embedded;         ///< Blob with the file's bytes; empty: only referenced.

    bool operator==(const AudioReference&) const = default;
};

/// How a take was made, so that it can be made again.
struct Recipe {
    std::string bundle; ///< Name.
    std::string bundleHash;
    inference::GenerateOptions options;
    std::string mask; ///< Of an edit, as `gesture edit --mask` takes it, or in words.
    int margin = 0;   ///< Of an edit: frames.

    bool operator==(const Recipe&) const = default;
};

/// Frames of a take that were made anew from its parent.
struct EditedRange {
    FrameRange range;
    inference::PartSet parts;

    bool operator==(const EditedRange&) const = default;
};

struct Take {
    ItemId id;
    std::string name; ///< "3", "3.1", or the user's.
    bool starred = false;
    bool deleted = false; ///< Not shown; its motion is kept.
    bool frozen = false;  ///< Edits make children instead.
    ContentHash motion;   ///< Blob; see motion_blob.h.
    std::int64_t frames = 0;
    FrameRate rate;
    ItemId parent; ///< The take that was edited.
    std::vector<EditedRange> edited;
    Recipe recipe;
    std::string provenance;   ///< One line of JSON, as in a motion file.
    std::int64_t created = 0; ///< Seconds since 1970.

    bool operator==(const Take&) const = default;
};

/// What the networks said of a take's motion.
struct AnalysisReference {
    ContentHash blob;   ///< See analysis_blob.h.
    ContentHash motion; ///< That was looked at: another one than the take's is out of date.
    std::string bundle; ///< Name.
    std::string bundleHash;

    bool operator==(const AnalysisReference&) const = default;
};

/// The takes that are compared.
struct TakeChoice {
    ItemId a;
    ItemId b;

    bool operator==(const TakeChoice&) const = default;
};

/// Which take counts in a stretch of a part; where no stretch says so, take A.
struct CompositionStretch {
    FrameRange range;
    ItemId take;

    bool operator==(const CompositionStretch&) const = default;
};
using Composition = inference::PerPart<std::vector<CompositionStretch>>;

enum class MaskTokens : std::uint8_t { Resample, Keep };

struct MaskOptions {
    bool wholeFrames = false; ///< Parts are masked together.
    int margin = 6;           ///< Frames
    bool exactOutside = true;
    MaskTokens tokens = MaskTokens::Resample;

    bool operator==(const MaskOptions&) const = default;
};

/// A way to build a mask, by name.
struct MaskPreset {
    std::string name;
    std::string spec; ///< As `gesture edit --mask` takes it.

    bool operator==(const MaskPreset&) const = default;
};

struct Marker {
    ItemId id;
    FrameIndex frame;
    std::string name;

    bool operator==(const Marker&) const = default;
};

/// A stretch with a name: exported as a file of its own.
struct Segment {
    ItemId id;
    FrameRange range;
    std::string name;

    bool operator==(const Segment&) const = default;
};

/// From where on maps and scores become masks.
struct Thresholds {
    double semantic = 0.5;
    double importance = 1.0;
    double topShare = 0.2;
    double randomShare = 0.4;
    std::uint64_t randomSeed = 0;

    bool operator==(const Thresholds&) const = default;
};

struct CurvePoint {
    FrameIndex frame;
    double value = 0.0;

    bool operator==(const CurvePoint&) const = default;
};

/// What is done to a part of finished motion.
struct PartTuning {
    std::vector<CurvePoint> strength; ///< Factor; empty: 1.
    std::vector<CurvePoint> offset;   ///< Of the part's own measure; empty: 0.
    double smoothing = 0.0;           ///< 0 none … 1 strongest.

    bool operator==(const PartTuning&) const = default;
};

struct Tuning {
    inference::PerPart<PartTuning> parts;
    std::map<std::string, double> face; ///< Factor of each group of the face; absent: 1.

    bool operator==(const Tuning&) const = default;
};

/// SemTalk's choice between base and semantic motion, overruled.
enum class Gate : std::uint8_t { Auto, Base, Sparse };

struct GateStretch {
    FrameRange range;
    Gate gate = Gate::Auto;

    bool operator==(const GateStretch&) const = default;
};

struct Gates {
    std::vector<GateStretch> stretches;
    double strength = 1.0;

    bool operator==(const Gates&) const = default;
};

/// The Generate panel.
struct GenerateSettings {
    std::string bundle; ///< Name; empty: the first that is installed.
    inference::GenerateOptions options;
    int takes = 1;
    std::string device = "auto";
    std::string startPose = "rest"; ///< "rest", "clip", or a motion file's path.

    bool operator==(const GenerateSettings&) const = default;
};

/// Where one looks: kept, but no part of the history.
struct ViewState {
    Seconds playhead;
    std::optional<FrameRange> range; ///< In and out.
    FrameRange visible;              ///< Of the timeline.
    bool loop = false;
    int speedPercent = 100;
    std::string layout; ///< The studio's own; at most kMaxText.

    bool operator==(const ViewState&) const = default;
};

/// Value type; large members are shared between copies.
struct ProjectState {
    std::string name;
    std::string notes;
    AudioReference audio;
    Shared<audio::Transcript> transcript;
    std::string wordsSource; ///< Where the words come from, for people.
    std::vector<Take> takes; ///< In the order of the list.
    TakeChoice choice;
    Composition composition;
    Shared<inference::EditMask> mask; ///< Of as many frames as the motion, or none.
    MaskOptions maskOptions;
    std::vector<MaskPreset> presets;
    std::vector<Marker> markers;   ///< By frame.
    std::vector<Segment> segments; ///< By begin.
    std::vector<inference::PinnedPose> pins;
    Thresholds thresholds;
    inference::PerPart<double> partWeights{{1.0, 1.0, 1.0, 1.0}};
    inference::RootMotion root = inference::RootMotion::Full;
    Tuning tuning;
    Gates gates;
    GenerateSettings generate;

    // No part of the history.
    std::map<ItemId, AnalysisReference> analyses; ///< By take.
    ViewState view;
    std::int64_t nextId = 1;

    bool operator==(const ProjectState&) const = default;
};

/// Nullptr when there is no such take.
[[nodiscard]] const Take* findTake(const ProjectState& state, ItemId id);
/// The take of that name that is not deleted; the last one, if several have it.
[[nodiscard]] const Take* findTake(const ProjectState& state, const std::string& name);
/// Take A; without one the last take that is not deleted; nullptr when there is none.
[[nodiscard]] const Take* chosenTake(const ProjectState& state);

} // namespace gesture::project
