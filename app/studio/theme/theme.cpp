// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

QColor rgb(unsigned value) { return QColor::fromRgb(value); }

Theme makeDark() {
    Theme t;
    t.kind = ThemeKind::Dark;
    t.bg0 = rgb(0x0C0E11), t.bg1 = rgb(0x131519), t.bg2 = rgb(0x1A1D22);
    t.bg3 = rgb(0x23272E), t.bg4 = rgb(0x2C313A), t.bg5 = rgb(0x39404B);
    t.line = rgb(0x272B32), t.line2 = rgb(0x3D444F);
    t.tx1 = rgb(0xECEEF2), t.tx2 = rgb(0xB0B7C2), t.tx3 = rgb(0x929BA8), t.txd = rgb(0x5A626E);
    t.acc = rgb(0x8B9AFF), t.accbg = rgb(0x5263E0), t.acchov = rgb(0x4A5AD6);
    t.acctx = rgb(0xFFFFFF), t.accsoft = rgb(0x272C4D);
    t.face = rgb(0xE07FB1), t.upper = rgb(0x63BDF0);
    t.hands = rgb(0xF5AE52), t.lower = rgb(0x67AF77), t.sem = rgb(0xD6DF6A);
    t.takeA = rgb(0x8B9AFF), t.takeB = rgb(0x4ED0C0);
    t.play = rgb(0xFF5A4D), t.playtx = rgb(0x12090A), t.halo = rgb(0x000000);
    t.warn = rgb(0xF2B93B), t.err = rgb(0xFF8080), t.ok = rgb(0x5CC98F);
    t.wave = rgb(0x8490A0), t.wavein = rgb(0xB9C2CE);
    t.vp0 = rgb(0x2A2E35), t.vp1 = rgb(0x14161A), t.grid = rgb(0x3A4049);
    t.axisX = rgb(0xF0616D), t.axisY = rgb(0x7BC462), t.axisZ = rgb(0x5B9DF5);
    t.axistx = rgb(0x0E1013);
    return t;
}

Theme makeLight() {
    Theme t;
    t.kind = ThemeKind::Light;
    t.bg0 = rgb(0xC9CDD4), t.bg1 = rgb(0xF1F2F4), t.bg2 = rgb(0xFBFBFC);
    t.bg3 = rgb(0xECEEF1), t.bg4 = rgb(0xE1E4E9), t.bg5 = rgb(0xD2D7DE);
    t.line = rgb(0xDDE0E5), t.line2 = rgb(0xB4BBC5);
    t.tx1 = rgb(0x171A1F), t.tx2 = rgb(0x454C57), t.tx3 = rgb(0x5D6571), t.txd = rgb(0x9BA3AE);
    t.acc = rgb(0x4052D6), t.accbg = rgb(0x4254DB), t.acchov = rgb(0x3545C4);
    t.acctx = rgb(0xFFFFFF), t.accsoft = rgb(0xE3E6FC);
    t.face = rgb(0xA8437F), t.upper = rgb(0x0871A3);
    t.hands = rgb(0x9E5510), t.lower = rgb(0x2C7144), t.sem = rgb(0x656E00);
    t.takeA = rgb(0x4052D6), t.takeB = rgb(0x0A7468);
    t.play = rgb(0xCC2317), t.playtx = rgb(0xFFFFFF), t.halo = rgb(0xFFFFFF);
    t.warn = rgb(0x8F5F00), t.err = rgb(0xC22F2F), t.ok = rgb(0x1E7A48);
    t.wave = rgb(0x7C8694), t.wavein = rgb(0x5C6675);
    t.vp0 = rgb(0xE9EBEE), t.vp1 = rgb(0xC6CBD2), t.grid = rgb(0xAAB1BB);
    t.axisX = rgb(0xF0616D), t.axisY = rgb(0x7BC462), t.axisZ = rgb(0x5B9DF5);
    t.axistx = rgb(0x0E1013);
    return t;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

const Theme& darkTheme() {
    static const Theme theme = makeDark();
    return theme;
}

const Theme& lightTheme() {
    static const Theme theme = makeLight();
    return theme;
}

const std::array<NamedColour, 26>& styleColours() {
    static const std::array<NamedColour, 26> colours{{
        {"bg0", &Theme::bg0},       {"bg1", &Theme::bg1},         {"bg2", &Theme::bg2},
        {"bg3", &Theme::bg3},       {"bg4", &Theme::bg4},         {"bg5", &Theme::bg5},
        {"line", &Theme::line},     {"line2", &Theme::line2},     {"tx1", &Theme::tx1},
        {"tx2", &Theme::tx2},       {"tx3", &Theme::tx3},         {"txd", &Theme::txd},
        {"acc", &Theme::acc},       {"accbg", &Theme::accbg},     {"acchov", &Theme::acchov},
        {"acctx", &Theme::acctx},   {"accsoft", &Theme::accsoft}, {"play", &Theme::play},
        {"playtx", &Theme::playtx}, {"warn", &Theme::warn},       {"err", &Theme::err},
        {"ok", &Theme::ok},         {"takeA", &Theme::takeA},     {"takeB", &Theme::takeB},
        {"hands", &Theme::hands},   {"wavein", &Theme::wavein},
    }};
    return colours;
}

QColor withAlpha(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(std::clamp(alpha, 0.0, 1.0)));
    return colour;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace gesture::app
