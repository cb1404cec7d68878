// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_readings.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

FrameWord frameWord(const audio::TimedLabel& label, std::size_t index) {
    const double rate = inference::kAnalysisRate.perSecond();
    return {QString::fromStdString(label.text).trimmed(), static_cast<int>(index),
            label.begin.value * rate, label.end.value * rate};
}

template <typename Rated>
std::vector<Rated> largest(std::vector<Rated> rated, std::size_t count) {
    std::stable_sort(rated.begin(), rated.end(),
                     [](const Rated& a, const Rated& b) { return a.weight > b.weight; });
    if (rated.size() > count) rated.resize(count);
    return rated;
}

FrameRange common(FrameRange a, FrameRange b) {
    return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

} // namespace

FrameRange FrameWord::frames() const {
    constexpr double kRounding = 1e-4;
    const auto first = static_cast<std::int64_t>(std::floor(begin + kRounding));
    const auto last = static_cast<std::int64_t>(std::ceil(end - kRounding));
    return {{first}, {std::max(last, first + 1)}};
}

std::vector<FrameWord> wordsIn(const audio::Transcript* transcript, FrameRange range) {
    std::vector<FrameWord> words;
    if (transcript == nullptr) return words;
    const double rate = inference::kAnalysisRate.perSecond();
    const auto& labels = transcript->words;
    const Seconds begin{static_cast<double>(range.begin.value) / rate};
    auto label =
        std::partition_point(labels.begin(), labels.end(),
                             [&](const audio::TimedLabel& each) { return each.end <= begin; });
    for (; label != labels.end(); ++label) {
        FrameWord word = frameWord(*label, static_cast<std::size_t>(label - labels.begin()));
        if (word.begin >= static_cast<double>(range.end.value)) break;
        if (!label->isPause()) words.push_back(std::move(word));
    }
    return words;
}

std::optional<FrameWord> wordAt(const audio::Transcript* transcript, FrameIndex frame) {
    const double middle = static_cast<double>(frame.value) + 0.5;
    for (const FrameWord& word : wordsIn(transcript, {frame, frame + 1})) {
        if (word.begin <= middle && middle < word.end) return word;
    }
    return std::nullopt;
}

std::optional<CellReading> readCell(const MapTable& table, const audio::Transcript* transcript,
                                    const MapCell& cell) {
    if (!table.speech().contains(cell.speech) || !table.motion().contains(cell.motion)) {
        return std::nullopt;
    }
    CellReading reading;
    reading.cell = cell;
    if (const auto word = wordAt(transcript, cell.speech)) reading.word = word->text;
    reading.weight = table.at(cell.speech, cell.motion);
    reading.rank = rankInRow(table, static_cast<int>(cell.speech - table.speechBegin),
                             static_cast<int>(cell.motion - table.motionBegin));
    reading.columns = table.columns;
    return reading;
}

std::vector<RatedFrame> topFrames(const MapTable& table, FrameRange speech, std::size_t count) {
    const FrameRange rows = common(speech, table.speech());
    if (rows.empty()) return {};
    std::vector<RatedFrame> rated;
    for (FrameIndex frame = table.motionBegin; frame < table.motion().end; frame = frame + 1) {
        double sum = 0;
        for (FrameIndex row = rows.begin; row < rows.end; row = row + 1) {
            sum += table.at(row, frame);
        }
        rated.push_back({frame, static_cast<float>(sum / static_cast<double>(rows.length()))});
    }
    return largest(std::move(rated), count);
}

std::vector<RatedWord> topWords(const MapTable& table, const audio::Transcript* transcript,
                                FrameIndex motion, std::size_t count) {
    if (!table.motion().contains(motion)) return {};
    std::vector<RatedWord> rated;
    for (const FrameWord& word : wordsIn(transcript, table.speech())) {
        const FrameRange rows = common(word.frames(), table.speech());
        if (rows.empty()) continue;
        double sum = 0;
        for (FrameIndex row = rows.begin; row < rows.end; row = row + 1) {
            sum += table.at(row, motion);
        }
        rated.push_back({word, static_cast<float>(sum / static_cast<double>(rows.length()))});
    }
    return largest(std::move(rated), count);
}

std::optional<inference::PerPart<double>> partShares(const inference::Analysis& analysis,
                                                     std::size_t place, FrameIndex frame) {
    if (place >= analysis.windows().size()) return std::nullopt;
    const inference::AttentionWindow& window = analysis.windows()[place];
    const FrameRange range{window.begin, window.begin + window.frames};
    if (!range.contains(frame)) return std::nullopt;
    const auto weights = partWeights(analysis);
    const auto column = static_cast<std::size_t>(frame - window.begin);
    inference::PerPart<double> shares;
    double sum = 0;
    for (std::size_t i = 0; i < window.parts.size(); ++i) {
        const std::size_t index = i * static_cast<std::size_t>(window.frames) + column;
        const double value = weights[window.parts[i]] * window.importance[index];
        shares[window.parts[i]] = value;
        sum += value;
    }
    if (!(sum > 0)) return std::nullopt;
    for (double& share : shares.values) {
        share /= sum;
    }
    return shares;
}

} // namespace gesture::app
