// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/waveform_painter.h"

#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gesture::app {

namespace {

/// Quiet recordings are drawn larger, up to four times.
double amplitudeScale(const audio::WaveformPyramid& waveform) {
    return 1.0 / std::max(static_cast<double>(waveform.peak()), 0.25);
}

/// A stretch, given in parts of the sound, in columns.
std::vector<audio::WaveformSpan> drawn(const audio::WaveformPyramid& waveform, double begin,
                                       double end, int columns) {
    const auto sampleAt = [&](double part) {
        return SampleIndex{std::llround(part * static_cast<double>(waveform.sampleCount()))};
    };
    std::vector<audio::WaveformSpan> spans(static_cast<std::size_t>(columns));
    waveform.draw({sampleAt(begin), sampleAt(end)}, spans);
    return spans;
}

} // namespace

void paintWaveform(QPainter& painter, const WaveformPicture& picture) {
    const auto columns = static_cast<int>(std::ceil(picture.area.width() * picture.ratio));
    if (columns < 2 || picture.waveform.empty()) return;
    const double middle = picture.area.center().y();
    const double half = picture.area.height() / 2 - 4;
    const double scale = half * amplitudeScale(picture.waveform);
    const double perColumn = (picture.end - picture.begin) / columns;
    const auto spans = drawn(picture.waveform, picture.begin, picture.end, columns);
    QPolygonF peaks(2 * columns);
    QPolygonF rms(2 * columns);
    for (int i = 0; i < columns; ++i) {
        const double begin = picture.begin + i * perColumn;
        const audio::WaveformSpan& span = spans[static_cast<std::size_t>(i)];
        const double x = picture.area.left() + (i + 0.5) / picture.ratio;
        const bool inside = begin + perColumn > 0 && begin < 1;
        const double line = inside ? 0.5 : 0.0;
        const double loud = std::min<double>(span.rms, std::max(span.highest, -span.lowest));
        peaks[i] = {x, middle - std::max(line, span.highest * scale)};
        peaks[2 * columns - 1 - i] = {x, middle - std::min(-line, span.lowest * scale)};
        rms[i] = {x, middle - loud * scale};
        rms[2 * columns - 1 - i] = {x, middle + loud * scale};
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(picture.theme.wave, picture.faded ? 0.35 : 0.72));
    painter.drawPolygon(peaks);
    painter.setBrush(withAlpha(picture.theme.wavein, picture.faded ? 0.45 : 1.0));
    painter.drawPolygon(rms);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintOverview(QPainter& painter, const OverviewPicture& picture) {
    const int columns = static_cast<int>(picture.area.width());
    if (columns < 2 || picture.waveform.empty()) return;
    const double middle = picture.area.center().y();
    const double half = picture.area.height() / 2 - 4;
    const double scale = half * amplitudeScale(picture.waveform);
    const auto spans = drawn(picture.waveform, 0, 1 / picture.part, columns);
    for (int i = 0; i < columns; ++i) {
        if (static_cast<double>(i) / columns / picture.part >= 1) return;
        const audio::WaveformSpan& span = spans[static_cast<std::size_t>(i)];
        const double height = std::max(0.5, std::max<double>(span.highest, -span.lowest) * scale);
        const double x = picture.area.left() + i;
        const bool inside = x >= picture.box.left() && x <= picture.box.right();
        painter.fillRect(QRectF(x, middle - height, 1, 2 * height),
                         inside ? picture.theme.wavein : withAlpha(picture.theme.wave, 0.5));
    }
}

} // namespace gesture::app
