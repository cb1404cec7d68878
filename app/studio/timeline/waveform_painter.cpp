// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/waveform_painter.h"

#include "app/studio/timeline/lanes/column_image.h"

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
    ColumnImage image(picture.area, picture.ratio);
    if (image.columns() < 2 || picture.waveform.empty()) return;
    const double middle = picture.area.center().y();
    const double half = picture.area.height() / 2 - 4;
    const double scale = half * amplitudeScale(picture.waveform);
    const double perColumn = (picture.end - picture.begin) / image.columns();
    const auto spans = drawn(picture.waveform, picture.begin, picture.end, image.columns());
    const QRgb peaks = ColumnImage::ink(withAlpha(picture.theme.wave, picture.faded ? 0.35 : 0.72));
    const QRgb rms = ColumnImage::ink(withAlpha(picture.theme.wavein, picture.faded ? 0.45 : 1.0));
    for (int i = 0; i < image.columns(); ++i) {
        const double begin = picture.begin + i * perColumn;
        const audio::WaveformSpan& span = spans[static_cast<std::size_t>(i)];
        const bool inside = begin + perColumn > 0 && begin < 1;
        const double line = inside ? 0.5 : 0.0;
        const double loud = std::min<double>(span.rms, std::max(span.highest, -span.lowest));
        image.fill(i, middle - std::max(line, span.highest * scale),
                   middle - std::min(-line, span.lowest * scale), peaks);
        image.fill(i, middle - loud * scale, middle + loud * scale, rms);
    }
    image.paint(painter);
}

void paintOverview(QPainter& painter, const OverviewPicture& picture) {
    ColumnImage image(picture.area, picture.ratio);
    if (image.columns() < 2 || picture.waveform.empty()) return;
    const double middle = picture.area.center().y();
    const double half = picture.area.height() / 2 - 4;
    const double scale = half * amplitudeScale(picture.waveform);
    const auto spans = drawn(picture.waveform, 0, 1 / picture.part, image.columns());
    const QRgb outside = ColumnImage::ink(withAlpha(picture.theme.wave, 0.5));
    const QRgb within = ColumnImage::ink(picture.theme.wavein);
    for (int i = 0; i < image.columns(); ++i) {
        if (static_cast<double>(i) / image.columns() / picture.part >= 1) break;
        const audio::WaveformSpan& span = spans[static_cast<std::size_t>(i)];
        const double height = std::max(0.5, std::max<double>(span.highest, -span.lowest) * scale);
        const bool inside =
            image.xOf(i) >= picture.box.left() && image.xOf(i) <= picture.box.right();
        image.fill(i, middle - height, middle + height, inside ? within : outside);
    }
    image.paint(painter);
}

} // namespace gesture::app
