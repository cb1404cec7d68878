// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/figure_inputs.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::analysis {

namespace {

constexpr std::int64_t kMaxMapFrames = 4096;
constexpr double kWaveColumnsPerSecond = 200.0;

std::vector<io::FigureWord> figureWords(const audio::Transcript& transcript) {
    std::vector<io::FigureWord> words;
    for (const audio::TimedLabel& word : transcript.words)
        if (!word.isPause()) words.push_back({word.text, word.begin, word.end});
    return words;
}

io::FigureWaveform waveformOf(const audio::WaveformPyramid& pyramid) {
    io::FigureWaveform wave;
    if (pyramid.empty() || pyramid.sampleRate() <= 0) return wave;
    const double seconds =
        static_cast<double>(pyramid.sampleCount()) / static_cast<double>(pyramid.sampleRate());
    const auto columns = static_cast<std::size_t>(std::ceil(seconds * kWaveColumnsPerSecond));
    std::vector<audio::WaveformSpan> spans(columns);
    pyramid.draw({{0}, {pyramid.sampleCount()}}, spans);
    wave.columnsPerSecond = static_cast<double>(columns) / seconds;
    for (const audio::WaveformSpan& span : spans) {
        wave.lowest.push_back(span.lowest);
        wave.highest.push_back(span.highest);
    }
    return wave;
}

std::string axisTitle(const char* name, std::optional<int> chosen, const std::vector<int>& kept) {
    if (chosen && *chosen >= 0) return fmt::format("{} {}", name, *chosen + 1);
    if (kept.size() == 1 && kept[0] >= 0) return fmt::format("{} {}", name, kept[0] + 1);
    if (kept.size() <= 1) return fmt::format("mean of {}s", name);
    return fmt::format("mean of {} {}s", kept.size(), name);
}

std::vector<std::pair<std::string, std::string>>
provenanceOf(const io::FigureProvenance& provenance) {
    std::vector<std::pair<std::string, std::string>> facts{{"program", provenance.program},
                                                           {"bundle", provenance.bundle},
                                                           {"bundle_sha256", provenance.bundleHash},
                                                           {"audio_sha256", provenance.audioHash},
                                                           {"remark", provenance.remark}};
    if (provenance.seed) facts.emplace_back("seed", std::to_string(*provenance.seed));
    std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
    return facts;
}

} // namespace

io::AnalysisFiles filesOf(const inference::Analysis& analysis, const ClipFacts& facts) {
    io::AnalysisFiles files;
    files.rate = inference::kAnalysisRate;
    files.frames = analysis.frames();
    files.layers = analysis.layers();
    files.heads = analysis.heads();
    for (const motion::BodyPart part : analysis.parts()) {
        files.parts.emplace_back(motion::nameOf(part));
        files.importance.push_back({std::string(motion::nameOf(part)), *analysis.importance(part)});
    }
    for (const inference::AttentionWindow& window : analysis.windows())
        files.attention.push_back(
            {window.begin.value, window.frames, window.maps, window.importance, window.fused});
    if (!analysis.windows().empty())
        files.importance.push_back({"fused", analysis.fusedImportance()});
    files.framesPerToken = analysis.semantic().framesPerToken;
    files.semantic = analysis.semantic().score;
    files.chosen = analysis.semantic().chosen;
    for (std::size_t i = 0; i < motion::kBodyPartCount; ++i) {
        const auto part = static_cast<motion::BodyPart>(i);
        const inference::TokenTrack& track = analysis.tokens(part);
        if (track.layers > 0)
            files.tokens.push_back({std::string(motion::nameOf(part)), track.framesPerToken,
                                    track.layers, track.codes, track.confidence, track.entropy});
    }
    for (const io::FigureWord& word : figureWords(facts.transcript))
        files.words.push_back({word.text, word.begin, word.end});
    files.provenance = provenanceOf(facts.provenance);
    return files;
}

io::OverviewFigure overviewOf(const inference::Analysis& analysis, const ClipFacts& facts) {
    io::OverviewFigure overview;
    overview.clip = facts.clip;
    overview.rate = inference::kAnalysisRate;
    overview.frames = analysis.frames();
    overview.waveform = waveformOf(facts.waveform);
    for (const motion::BodyPart part : analysis.parts())
        overview.importance.push_back({part, *analysis.importance(part)});
    if (!analysis.windows().empty()) overview.fused = analysis.fusedImportance();
    const inference::SemanticTrack& track = analysis.semantic();
    overview.semantic = {track.framesPerToken, facts.semanticThreshold, track.score, track.chosen};
    overview.words = figureWords(facts.transcript);
    overview.provenance = facts.provenance;
    return overview;
}

std::string mapTitle(const inference::Analysis& analysis, const inference::MapChoice& choice) {
    return fmt::format("{}, {}, {}", io::partTitle(choice.part),
                       axisTitle("layer", choice.layer, analysis.layers()),
                       axisTitle("head", choice.head, analysis.heads()));
}

Result<io::FigureMap> mapOf(const inference::Analysis& analysis, const inference::MapChoice& choice,
                            FrameRange range) {
    const std::int64_t begin = std::clamp<std::int64_t>(range.begin.value, 0, analysis.frames());
    const std::int64_t end = std::clamp(range.end.value, begin, analysis.frames());
    if (begin == end)
        return Error{ErrorCode::Usage,
                     fmt::format("The range has no frame of the clip, which has {}. Choose one "
                                 "inside it.",
                                 analysis.frames())};
    if (end - begin > kMaxMapFrames)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("A map of {} frames is too large for a figure. Choose at most {}.",
                                 end - begin, kMaxMapFrames)};
    auto band = analysis.attention(choice, {FrameIndex{begin}, FrameIndex{end}});
    if (!band) return std::move(band).error();
    const auto side = static_cast<int>(end - begin);
    io::FigureMap map{
        inference::kAnalysisRate, FrameIndex{begin}, side, FrameIndex{begin}, side, {}};
    map.weights.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    for (std::int64_t speech = begin; speech < end; ++speech)
        for (std::int64_t frame = begin; frame < end; ++frame)
            map.weights.push_back(band->at(FrameIndex{speech}, FrameIndex{frame}));
    return map;
}

Result<io::AttentionFigure> attentionFigureOf(const inference::Analysis& analysis,
                                              const ClipFacts& facts,
                                              const inference::MapChoice& choice,
                                              FrameRange range) {
    auto map = mapOf(analysis, choice, range);
    if (!map) return std::move(map).error();
    io::AttentionFigure figure;
    figure.clip = facts.clip;
    figure.map = mapTitle(analysis, choice);
    figure.values = std::move(*map);
    figure.words = figureWords(facts.transcript);
    figure.provenance = facts.provenance;
    return figure;
}

Result<io::MapComparison> mapComparisonOf(const NamedAnalysis& a, const NamedAnalysis& b,
                                          const ClipFacts& facts,
                                          const inference::MapChoice& choice, FrameRange range) {
    // The frames that both have.
    range.end = std::min(range.end, FrameIndex{std::min(a.analysis.frames(), b.analysis.frames())});
    auto mapA = mapOf(a.analysis, choice, range);
    if (!mapA) return std::move(mapA).error().withContext(a.name);
    auto mapB = mapOf(b.analysis, choice, range);
    if (!mapB) return std::move(mapB).error().withContext(b.name);
    io::MapComparison comparison;
    comparison.clip = facts.clip;
    comparison.map = mapTitle(a.analysis, choice);
    comparison.nameA = a.name;
    comparison.nameB = b.name;
    comparison.a = std::move(*mapA);
    comparison.b = std::move(*mapB);
    comparison.words = figureWords(facts.transcript);
    comparison.provenance = facts.provenance;
    return comparison;
}

io::CurveComparison curveComparisonOf(const NamedAnalysis& a, const NamedAnalysis& b,
                                      const ClipFacts& facts) {
    return {a.name, b.name, overviewOf(a.analysis, facts), overviewOf(b.analysis, facts)};
}

} // namespace gesture::analysis
