// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/audio_track.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

/// A stretch is read in about so many columns: its ends are exact to one of them.
constexpr double kColumnsPerSpan = 16;

WaveformSpan joined(const WaveformSpan& a, const WaveformSpan& b) {
    return {std::min(a.lowest, b.lowest), std::max(a.highest, b.highest),
            std::sqrt((a.rms * a.rms + b.rms * b.rms) / 2)};
}

} // namespace

WaveformLevels::WaveformLevels(const audio::WaveformOverview& overview) {
    const std::size_t columns =
        std::min({overview.lowest.size(), overview.highest.size(), overview.rms.size()});
    if (columns == 0) return;
    std::vector<WaveformSpan> level(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        level[i] = {overview.lowest[i], overview.highest[i], overview.rms[i]};
    }
    levels_.push_back(std::move(level));
    while (levels_.back().size() > 1) {
        const std::vector<WaveformSpan>& fine = levels_.back();
        std::vector<WaveformSpan> coarse((fine.size() + 1) / 2);
        for (std::size_t i = 0; i < coarse.size(); ++i) {
            coarse[i] = joined(fine[2 * i], fine[std::min(2 * i + 1, fine.size() - 1)]);
        }
        levels_.push_back(std::move(coarse));
    }
}

float WaveformLevels::peak() const {
    if (empty()) return 0;
    const WaveformSpan& whole = levels_.back().front();
    return std::max(std::abs(whole.lowest), std::abs(whole.highest));
}

float WaveformLevels::rms() const { return empty() ? 0 : levels_.back().front().rms; }

WaveformSpan WaveformLevels::span(double begin, double end) const {
    if (empty() || !(end > begin) || end <= 0 || begin >= 1) return {};
    const double columns = static_cast<double>(levels_.front().size());
    const double first = std::clamp(begin, 0.0, 1.0) * columns;
    const double last = std::clamp(end, 0.0, 1.0) * columns;
    std::size_t level = 0;
    double scale = 1;
    while (level + 1 < levels_.size() && (last - first) / scale > kColumnsPerSpan) {
        ++level;
        scale *= 2;
    }
    const std::vector<WaveformSpan>& spans = levels_[level];
    const auto from = std::min(static_cast<std::size_t>(first / scale), spans.size() - 1);
    const auto to =
        std::clamp(static_cast<std::size_t>(std::ceil(last / scale)), from + 1, spans.size());
    WaveformSpan result = spans[from];
    double squares = static_cast<double>(result.rms) * result.rms;
    for (std::size_t i = from + 1; i < to; ++i) {
        result.lowest = std::min(result.lowest, spans[i].lowest);
        result.highest = std::max(result.highest, spans[i].highest);
        squares += static_cast<double>(spans[i].rms) * spans[i].rms;
    }
    result.rms = static_cast<float>(std::sqrt(squares / static_cast<double>(to - from)));
    return result;
}

} // namespace gesture::app
