// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/audio_track.h"
#include "app/studio/theme/theme.h"

#include <QPainter>
#include <QRectF>

namespace gesture::app {

/// A stretch of a sound in a rectangle; `begin` and `end` in parts of the sound, possibly outside.
struct WaveformPicture {
    const audio::WaveformPyramid& waveform;
    const Theme& theme;
    QRectF area;
    double begin = 0;
    double end = 1;
    double ratio = 1; ///< Device pixels per logical px: one column each.
    bool faded = false;
};
/// Peaks with the RMS on top.
void paintWaveform(QPainter& painter, const WaveformPicture& picture);

/// The whole sound as bars; those inside of `box` are brighter. The sound fills `part` of the area.
struct OverviewPicture {
    const audio::WaveformPyramid& waveform;
    const Theme& theme;
    QRectF area;
    QRectF box;
    double part = 1;
    double ratio = 1; ///< Device pixels per logical px.
};
void paintOverview(QPainter& painter, const OverviewPicture& picture);

} // namespace gesture::app
