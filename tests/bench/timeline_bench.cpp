// SPDX-License-Identifier: Apache-2.0
// How long the timeline takes to paint, 1600 px wide, on a clip of one minute and of one hour: all
// lanes anew, a frame of playing, scrolling, zooming, and a stroke of the brush (the content comes
// back with a mask that differs in a few frames). Milliseconds, median and 95th percentile.
//
// usage: timeline_bench [repeats]; paints without a display.
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/timeline_view.h"
#include "tests/app/studio/plausible_content.h"
#include "tests/app/studio/test_clip.h"

#include <QApplication>
#include <QImage>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <vector>

namespace {

using namespace gesture;
using namespace gesture::app;

/// A timeline in an offscreen window.
struct Bench {
    explicit Bench(std::int64_t frames)
        : view(document, darkTheme(), &window) {
        document.setMotion("walk.npz", test::clipOf(static_cast<std::size_t>(frames)));
        document.setAudio(test::plausibleSound(static_cast<double>(frames) / 30));
        content = test::plausibleContent(frames);
        for (std::int64_t at = 40; at + 100 < frames; at += 150) {
            content.mask.paint({{at}, {at + 44}}, partsOf({LaneId::Hands, LaneId::Upper}));
        }
        view.resize(1600, 382);
        view.setContent(content);
        window.resize(1600, 382);
        window.show();
        QApplication::processEvents();
    }

    /// As the window system would ask for it.
    void paint(const QRegion& region) {
        view.render(&target, QPoint(0, 0), region, QWidget::RenderFlags());
    }

    Document document;
    TimelineContent content;
    QWidget window;
    TimelineView view;
    QImage target{1600, 382, QImage::Format_RGB32};
};

void measure(const std::string& what, int repeats, const std::function<void(int)>& work) {
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work(i);
        const std::chrono::duration<double, std::milli> passed =
            std::chrono::steady_clock::now() - begin;
        times.push_back(passed.count());
    }
    std::sort(times.begin(), times.end());
    fmt::print("  {:<28} {:7.2f} {:7.2f}\n", what, times[times.size() / 2],
               times[times.size() * 95 / 100]);
}

void run(Bench& bench, double view, int repeats) {
    const double last = bench.view.axis().duration();
    const QRect all = bench.view.rect();
    bench.view.showStretch(last / 2, last / 2 + view);
    fmt::print(" {:.0f} s of {:.0f} s in view\n", view, last);
    measure("all lanes", repeats, [&](int) {
        bench.view.setTheme(darkTheme());
        bench.paint(all);
    });
    measure("kept picture", repeats, [&](int) { bench.paint(all); });
    measure("playing, one frame", repeats, [&](int i) {
        bench.document.setPlayhead({last / 2 + 0.2 + (i % 60) * view / 100});
        bench.paint(QRect(216, 0, 200, 382));
    });
    measure("scrolling", repeats, [&](int i) {
        const double begin = last / 2 + (i % 40) * view * 0.01;
        bench.view.showStretch(begin, begin + view);
        bench.paint(all);
    });
    measure("zooming", repeats, [&](int i) {
        bench.view.showStretch(last / 2, last / 2 + view * (0.6 + (i % 40) * 0.01));
        bench.paint(all);
    });
    measure("a stroke of the brush", repeats, [&](int i) {
        TimelineContent content = bench.content;
        const auto frame = static_cast<std::int64_t>((last / 2 + 1) * 30);
        content.mask.paint({{frame}, {frame + 1 + i % 40}}, partsOf({LaneId::Lower}));
        bench.view.setContent(std::move(content));
        bench.paint(all);
    });
}

} // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    loadFonts();
    const int repeats = argc > 1 ? std::max(std::atoi(argv[1]), 1) : 100;
    constexpr std::int64_t kMinute = 60 * 30;
    Bench minute(kMinute);
    run(minute, 10, repeats);
    Bench hour(60 * kMinute);
    run(hour, 10, repeats);
    run(hour, 600, repeats);
    run(hour, 3600, repeats);
    return 0;
}
