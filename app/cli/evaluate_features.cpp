// SPDX-License-Identifier: Apache-2.0
#include "app/cli/evaluate_features.h"

#include "core/inference/clip_frames.h"
#include "core/inference/engine_protocol.h"
#include "core/io/bundle/bundle.h"

#include <fmt/format.h>
#include <utility>

namespace gesture::app {

namespace {

using inference::MotionFeatureRows;

constexpr std::int64_t kFewestFrames = 32;

/// Keeps the rows; other results are not asked for.
class RowSink final : public inference::ResultSink {
public:
    void motion(const inference::MotionChunk&) override {}
    void tokens(const inference::TokenChunk&) override {}
    void semantic(const inference::SemanticChunk&) override {}
    void attention(const inference::AttentionWindow&) override {}
    void note(const inference::Note&) override {}
    void features(const MotionFeatureRows& rows) override { values = rows.values; }
    void restarted() override { values.clear(); }

    std::vector<float> values;
};

bool hasFeatures(const io::Bundle& bundle) {
    return bundle.manifest.networks.find("motion_features") != bundle.manifest.networks.end();
}

} // namespace

Result<FeatureSource> FeatureSource::open(const EngineArguments& arguments) {
    FeatureSource source;
    source.compute_ = arguments.compute;
    source.engine_ = std::make_unique<inference::EngineClient>();
    if (!arguments.bundle.empty()) {
        const auto folder = bundleFolder(arguments);
        if (!folder) return folder.error();
        const auto bundle = io::openBundle(*folder);
        if (!bundle) return bundle.error();
        source.bundle_ = *folder;
        if (!hasFeatures(*bundle))
            source.whyNot_ =
                fmt::format("'{}' has no motion_features network", bundle->manifest.name);
        return source;
    }
    for (const std::filesystem::path& folder : io::installedBundles()) {
        const auto bundle = io::openBundle(folder);
        if (source.bundle_.empty() && bundle && hasFeatures(*bundle)) source.bundle_ = folder;
    }
    if (source.bundle_.empty())
        source.whyNot_ = "no installed bundle has a motion_features network (-m names one)";
    return source;
}

Result<std::vector<float>> FeatureSource::read(const motion::Clip& clip, std::int64_t frames,
                                               JobControl& control) {
    std::vector<float> none;
    if (!whyNot_.empty() || frames < kFewestFrames) return none;
    const auto whole = inference::framesOf(clip);
    if (!whole) return whole.error();
    std::error_code code;
    const inference::FeaturesRequest request{std::filesystem::absolute(bundle_, code), compute_,
                                             inference::framesOf(*whole, 0, frames)};
    RowSink sink;
    const auto summary = engine_->features(request, sink, control);
    if (summary) return std::move(sink.values);
    if (summary.error().code() != ErrorCode::Unavailable) return summary.error();
    whyNot_ = summary.error().message();
    return none;
}

} // namespace gesture::app
