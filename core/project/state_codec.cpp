// SPDX-License-Identifier: Apache-2.0
#include "core/project/state_codec.h"

#include <limits>
#include <utility>

namespace gesture::project {

namespace {

constexpr std::int64_t kMaxId = std::int64_t{1} << 52; // exact in every reader of JSON
constexpr std::int64_t kMaxBytes = std::int64_t{1} << 46;
constexpr std::size_t kHash = 64;
constexpr double kMaxSeconds = 1e6;
constexpr double kMaxMeasure = 1e6;
constexpr std::int64_t kMaxMargin = 300;
constexpr std::int64_t kMaxSpeaker = 1'000'000;
constexpr std::int64_t kMaxSpeedPercent = 1000;
constexpr double kMaxTemperature = 100.0;
constexpr int kRootModes = 4;
constexpr int kGates = 3;

template <typename Archive>
void hash(Archive& archive, const char* key, typename Archive::template Ref<ContentHash> value) {
    archive.text(key, value, kHash);
    if (!value.empty() && !isContentHash(value)) archive.fail(key, "is no SHA-256");
}

} // namespace

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<ItemId> id) {
    archive.integer("id", id.value, 0, kMaxId);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<FrameRange> range) {
    archive.integer("begin", range.begin.value, 0, kMaxFrames);
    archive.integer("end", range.end.value, 0, kMaxFrames);
    if (range.end < range.begin) archive.fail("end", "lies before the begin");
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<inference::PartSet> parts) {
    using enum motion::BodyPart;
    archive.flag("face", parts[Face]);
    archive.flag("upper", parts[Upper]);
    archive.flag("hands", parts[Hands]);
    archive.flag("lower", parts[Lower]);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<inference::PerPart<double>> parts) {
    using enum motion::BodyPart;
    archive.real("face", parts[Face], -kMaxMeasure, kMaxMeasure);
    archive.real("upper", parts[Upper], -kMaxMeasure, kMaxMeasure);
    archive.real("hands", parts[Hands], -kMaxMeasure, kMaxMeasure);
    archive.real("lower", parts[Lower], -kMaxMeasure, kMaxMeasure);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<inference::Sampling> sampling) {
    archive.real("temperature", sampling.temperature, 0.0, kMaxTemperature);
    archive.real("top-p", sampling.topP, 0.0, 1.0);
}

template <typename Archive>
void describe(Archive& archive,
              typename Archive::template Ref<inference::PerPart<inference::Sampling>> parts) {
    using enum motion::BodyPart;
    archive.object("face", parts[Face]);
    archive.object("upper", parts[Upper]);
    archive.object("hands", parts[Hands]);
    archive.object("lower", parts[Lower]);
}

template <typename Archive>
void describe(Archive& archive,
              typename Archive::template Ref<inference::GenerateOptions> options) {
    archive.integer("speaker", options.speaker, -1, kMaxSpeaker);
    archive.natural("seed", options.seed);
    archive.object("sampling", options.sampling);
    archive.choice("root", options.root, kRootModes);
    archive.flag("smooth", options.smooth);
    archive.choice("rules", options.rules, 2);
    archive.real("semantic-threshold", options.semanticThreshold, 0.0, kMaxMeasure);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AboutProject> about) {
    archive.text("name", about.name, kMaxName);
    archive.text("notes", about.notes, kMaxText);
    archive.text("words-source", about.wordsSource, kMaxName);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AudioReference> audio) {
    archive.path("path", audio.path);
    hash<Archive>(archive, "sha256", audio.sha256);
    archive.integer("bytes", audio.bytes, 0, kMaxBytes);
    archive.integer("rate", audio.sampleRate, 0, std::numeric_limits<std::int32_t>::max());
    archive.integer("channels", audio.channels, 0, std::numeric_limits<std::int32_t>::max());
    archive.integer("samples", audio.sampleCount, 0, kMaxBytes);
    hash<Archive>(archive, "embedded", audio.embedded);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<TranscriptHead> head) {
    archive.text("language", head.language, kMaxName);
    archive.real("duration", head.duration, 0.0, kMaxSeconds);
    archive.integer("words", head.words, 0, static_cast<std::int64_t>(kMaxWords));
    archive.integer("phones", head.phones, 0, static_cast<std::int64_t>(kMaxWords));
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<audio::TimedLabel> label) {
    archive.text("text", label.text, kMaxName);
    archive.real("begin", label.begin.value, 0.0, kMaxSeconds);
    archive.real("end", label.end.value, 0.0, kMaxSeconds);
    double confidence = label.confidence ? static_cast<double>(*label.confidence) : -1.0;
    if (Archive::kReads || label.confidence) archive.real("confidence", confidence, 0.0, 1.0);
    if constexpr (Archive::kReads) {
        if (confidence >= 0.0) label.confidence = static_cast<float>(confidence);
    }
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<LabelTile> tile) {
    archive.list("labels", tile.labels, kTileLabels);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MaskHead> mask) {
    archive.integer("frames", mask.frames, 0, kMaxFrames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MaskTile> tile) {
    archive.integers("runs", tile.edges, static_cast<std::size_t>(kTileFrames) + 2);
    std::int64_t last = -1;
    for (const std::int64_t edge : tile.edges) {
        if (edge <= last || edge > kTileFrames) return archive.fail("runs", "are out of order");
        last = edge;
    }
    if (tile.edges.size() % 2 != 0) archive.fail("runs", "have a begin without an end");
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<TakeOrder> order) {
    archive.integers("ids", order.ids, kMaxTakes);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<IdCounter> ids) {
    archive.integer("next", ids.next, 1, kMaxId);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<EditedRange> edited) {
    archive.object("range", edited.range);
    archive.object("parts", edited.parts);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Recipe> recipe) {
    archive.text("bundle", recipe.bundle, kMaxName);
    archive.text("bundle-hash", recipe.bundleHash, kMaxName);
    archive.object("options", recipe.options);
    archive.text("mask", recipe.mask, kMaxText);
    archive.integer("margin", recipe.margin, 0, kMaxMargin);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<FrameRate> rate) {
    constexpr std::int64_t kMost = 1'000'000;
    archive.integer("numerator", rate.numerator, 1, kMost);
    archive.integer("denominator", rate.denominator, 1, kMost);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Take> take) {
    archive.integer("id", take.id.value, 1, kMaxId);
    archive.text("name", take.name, kMaxName);
    archive.flag("starred", take.starred);
    archive.flag("deleted", take.deleted);
    archive.flag("frozen", take.frozen);
    hash<Archive>(archive, "motion", take.motion);
    archive.integer("frames", take.frames, 0, kMaxFrames);
    archive.object("rate", take.rate);
    archive.integer("parent", take.parent.value, 0, kMaxId);
    archive.list("edited", take.edited, kMaxListed);
    archive.object("recipe", take.recipe);
    archive.text("provenance", take.provenance, kMaxText);
    archive.integer("created", take.created, 0, kMaxId);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AnalysisReference> analysis) {
    hash<Archive>(archive, "blob", analysis.blob);
    hash<Archive>(archive, "motion", analysis.motion);
    archive.text("bundle", analysis.bundle, kMaxName);
    archive.text("bundle-hash", analysis.bundleHash, kMaxName);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<TakeChoice> choice) {
    archive.integer("a", choice.a.value, 0, kMaxId);
    archive.integer("b", choice.b.value, 0, kMaxId);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<CompositionStretch> stretch) {
    archive.object("range", stretch.range);
    archive.integer("take", stretch.take.value, 0, kMaxId);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Composition> composition) {
    using enum motion::BodyPart;
    archive.list("face", composition[Face], kMaxListed);
    archive.list("upper", composition[Upper], kMaxListed);
    archive.list("hands", composition[Hands], kMaxListed);
    archive.list("lower", composition[Lower], kMaxListed);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MaskOptions> options) {
    archive.flag("whole-frames", options.wholeFrames);
    archive.integer("margin", options.margin, 0, kMaxMargin);
    archive.flag("exact-outside", options.exactOutside);
    archive.choice("tokens", options.tokens, 2);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MaskPreset> preset) {
    archive.text("name", preset.name, kMaxName);
    archive.text("spec", preset.spec, kMaxText);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<std::vector<MaskPreset>> presets) {
    archive.list("items", presets, kMaxListed);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Marker> marker) {
    archive.integer("id", marker.id.value, 1, kMaxId);
    archive.integer("frame", marker.frame.value, 0, kMaxFrames);
    archive.text("name", marker.name, kMaxName);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<std::vector<Marker>> markers) {
    archive.list("items", markers, kMaxListed);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Segment> segment) {
    archive.integer("id", segment.id.value, 1, kMaxId);
    archive.object("range", segment.range);
    archive.text("name", segment.name, kMaxName);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<std::vector<Segment>> segments) {
    archive.list("items", segments, kMaxListed);
}

/// Numbers travel as 64-bit ones, which hold all of them.
template <typename Archive, typename T, typename Wide>
void describeNumbers(Archive& archive, const char* key,
                     typename Archive::template Ref<std::vector<T>> values, std::size_t highest,
                     void (Archive::*take)(const char*,
                                           typename Archive::template Ref<std::vector<Wide>>,
                                           std::size_t)) {
    std::vector<Wide> wide(values.begin(), values.end());
    (archive.*take)(key, wide, highest);
    if constexpr (Archive::kReads) {
        values.clear();
        for (const Wide value : wide)
            values.push_back(static_cast<T>(value));
    }
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<inference::PinnedPose> pin) {
    archive.integer("frame", pin.frame.value, 0, kMaxFrames);
    describeNumbers<Archive, std::uint8_t, std::int64_t>(archive, "joints", pin.joints,
                                                         motion::kJointCount, &Archive::integers);
    describeNumbers<Archive, float, double>(archive, "pose", pin.pose, motion::kPoseSize,
                                            &Archive::reals);
    for (const std::uint8_t joint : pin.joints)
        if (joint >= motion::kJointCount) archive.fail("joints", "names one that is not there");
    if (!archive.failed() && pin.pose.size() != motion::kPoseSize)
        archive.fail("pose", "does not have three numbers for each joint");
}

template <typename Archive>
void describe(Archive& archive,
              typename Archive::template Ref<std::vector<inference::PinnedPose>> pins) {
    archive.list("items", pins, kMaxListed);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Thresholds> thresholds) {
    archive.real("semantic", thresholds.semantic, -kMaxMeasure, kMaxMeasure);
    archive.real("importance", thresholds.importance, -kMaxMeasure, kMaxMeasure);
    archive.real("top-share", thresholds.topShare, 0.0, 1.0);
    archive.real("random-share", thresholds.randomShare, 0.0, 1.0);
    archive.natural("random-seed", thresholds.randomSeed);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<inference::RootMotion> root) {
    archive.choice("mode", root, kRootModes);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<CurvePoint> point) {
    archive.integer("frame", point.frame.value, 0, kMaxFrames);
    archive.real("value", point.value, -kMaxMeasure, kMaxMeasure);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<PartTuning> tuning) {
    archive.list("strength", tuning.strength, kMaxListed);
    archive.list("offset", tuning.offset, kMaxListed);
    archive.real("smoothing", tuning.smoothing, 0.0, 1.0);
}

namespace {

struct NamedFactor {
    std::string name;
    double value = 1.0;
};

} // namespace

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<NamedFactor> factor) {
    archive.text("name", factor.name, kMaxName);
    archive.real("value", factor.value, -kMaxMeasure, kMaxMeasure);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Tuning> tuning) {
    using enum motion::BodyPart;
    archive.object("face", tuning.parts[Face]);
    archive.object("upper", tuning.parts[Upper]);
    archive.object("hands", tuning.parts[Hands]);
    archive.object("lower", tuning.parts[Lower]);
    std::vector<NamedFactor> factors;
    for (const auto& [name, value] : tuning.face)
        factors.push_back({name, value});
    archive.list("face-groups", factors, kMaxListed);
    if constexpr (Archive::kReads) {
        tuning.face.clear();
        for (const NamedFactor& factor : factors)
            tuning.face[factor.name] = factor.value;
    }
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<GateStretch> stretch) {
    archive.object("range", stretch.range);
    archive.choice("gate", stretch.gate, kGates);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Gates> gates) {
    archive.list("stretches", gates.stretches, kMaxListed);
    archive.real("strength", gates.strength, 0.0, kMaxMeasure);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<GenerateSettings> settings) {
    constexpr std::int64_t kMostTakes = 1000;
    archive.text("bundle", settings.bundle, kMaxName);
    archive.object("options", settings.options);
    archive.integer("takes", settings.takes, 1, kMostTakes);
    archive.text("device", settings.device, kMaxName);
    archive.text("start-pose", settings.startPose, kMaxName * 4);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<ViewState> view) {
    archive.real("playhead", view.playhead.value, 0.0, kMaxSeconds);
    archive.optional("range", view.range);
    archive.object("visible", view.visible);
    archive.flag("loop", view.loop);
    archive.integer("speed", view.speedPercent, 1, kMaxSpeedPercent);
    archive.text("layout", view.layout, kMaxText);
}

template <typename T>
Result<std::string> encodeRow(const T& value) {
    JsonWriter writer;
    describe(writer, value);
    return std::move(writer).finish();
}

template <typename T>
Status decodeRow(std::string_view text, T& value) {
    JsonReader reader(text);
    if (!reader.failed()) describe(reader, value);
    return reader.finish();
}

// The types that rows are made of.
template Result<std::string> encodeRow(const AboutProject&);
template Result<std::string> encodeRow(const AudioReference&);
template Result<std::string> encodeRow(const TranscriptHead&);
template Result<std::string> encodeRow(const LabelTile&);
template Result<std::string> encodeRow(const MaskHead&);
template Result<std::string> encodeRow(const MaskTile&);
template Result<std::string> encodeRow(const TakeOrder&);
template Result<std::string> encodeRow(const IdCounter&);
template Result<std::string> encodeRow(const Take&);
template Result<std::string> encodeRow(const AnalysisReference&);
template Result<std::string> encodeRow(const TakeChoice&);
template Result<std::string> encodeRow(const Composition&);
template Result<std::string> encodeRow(const MaskOptions&);
template Result<std::string> encodeRow(const std::vector<MaskPreset>&);
template Result<std::string> encodeRow(const std::vector<Marker>&);
template Result<std::string> encodeRow(const std::vector<Segment>&);
template Result<std::string> encodeRow(const std::vector<inference::PinnedPose>&);
template Result<std::string> encodeRow(const Thresholds&);
template Result<std::string> encodeRow(const inference::PerPart<double>&);
template Result<std::string> encodeRow(const inference::RootMotion&);
template Result<std::string> encodeRow(const Tuning&);
template Result<std::string> encodeRow(const Gates&);
template Result<std::string> encodeRow(const GenerateSettings&);
template Result<std::string> encodeRow(const ViewState&);
template Status decodeRow(std::string_view, AboutProject&);
template Status decodeRow(std::string_view, AudioReference&);
template Status decodeRow(std::string_view, TranscriptHead&);
template Status decodeRow(std::string_view, LabelTile&);
template Status decodeRow(std::string_view, MaskHead&);
template Status decodeRow(std::string_view, MaskTile&);
template Status decodeRow(std::string_view, TakeOrder&);
template Status decodeRow(std::string_view, IdCounter&);
template Status decodeRow(std::string_view, Take&);
template Status decodeRow(std::string_view, AnalysisReference&);
template Status decodeRow(std::string_view, TakeChoice&);
template Status decodeRow(std::string_view, Composition&);
template Status decodeRow(std::string_view, MaskOptions&);
template Status decodeRow(std::string_view, std::vector<MaskPreset>&);
template Status decodeRow(std::string_view, std::vector<Marker>&);
template Status decodeRow(std::string_view, std::vector<Segment>&);
template Status decodeRow(std::string_view, std::vector<inference::PinnedPose>&);
template Status decodeRow(std::string_view, Thresholds&);
template Status decodeRow(std::string_view, inference::PerPart<double>&);
template Status decodeRow(std::string_view, inference::RootMotion&);
template Status decodeRow(std::string_view, Tuning&);
template Status decodeRow(std::string_view, Gates&);
template Status decodeRow(std::string_view, GenerateSettings&);
template Status decodeRow(std::string_view, ViewState&);

} // namespace gesture::project
