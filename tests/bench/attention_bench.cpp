// SPDX-License-Identifier: Apache-2.0
// How long the attention views take: a picture of the matrix, a tile of the strip, a picture of an
// hour. Prints the median and the 95th percentile of each in milliseconds. Without a display, run
// it with QT_QPA_PLATFORM=offscreen.
#include "app/studio/attention/attention_panel.h"
#include "app/studio/attention/heads_grid.h"
#include "app/studio/attention/strip_view.h"
#include "app/studio/theme/style_sheet.h"
#include "tests/app/studio/attention/made_up_analysis.h"

#include <QApplication>
#include <QImage>

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <functional>
#include <vector>

namespace {

using namespace gesture;

constexpr int kTurns = 60;

void measure(const char* what, double goal, const std::function<void(int)>& turn) {
    std::vector<double> times;
    for (int i = 0; i < kTurns; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        turn(i);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count());
    }
    std::sort(times.begin(), times.end());
    fmt::print("{:<52} {:8.2f} {:8.2f}   goal {:.0f}\n", what, times[kTurns / 2],
               times[kTurns * 95 / 100], goal);
}

/// Paints a widget into a picture of its size.
void paintOnce(QWidget& widget, QImage& picture) { widget.render(&picture); }

app::AttentionContent contentOf(const std::shared_ptr<const inference::Analysis>& analysis) {
    app::AttentionContent content;
    content.analysis = analysis;
    content.transcript = test::madeUpTranscript(static_cast<double>(analysis->frames()) / 30);
    content.state = app::MapState::Ready;
    return content;
}

void measureMatrix(app::AttentionModel& model) {
    QWidget frame;
    for (const auto& [form, size, name] :
         {std::tuple(app::MatrixForm::Dock, QSize(344, 344), "dock"),
          std::tuple(app::MatrixForm::Workspace, QSize(698, 622), "workspace")}) {
        app::MatrixView view(model, app::MapSide::A, form, app::darkTheme(), &frame);
        view.resize(size);
        QImage picture(size, QImage::Format_RGB32);
        measure(fmt::format("matrix, {}: another head", name).c_str(), 8, [&](int i) {
            model.setMap({motion::BodyPart::Hands, i % 8, i % 4, {}});
            paintOnce(view, picture);
        });
        measure(fmt::format("matrix, {}: mean of 32 heads", name).c_str(), 8, [&](int i) {
            model.setMap(
                {i % 2 == 0 ? motion::BodyPart::Hands : motion::BodyPart::Lower, {}, {}, {}});
            paintOnce(view, picture);
        });
        measure(fmt::format("matrix, {}: cursor moved", name).c_str(), 8, [&](int i) {
            model.setHovered(app::MapCell{{10 + i % 40}, {12 + i % 50}});
            paintOnce(view, picture);
        });
    }
    app::HeadsGrid grid(model, app::darkTheme(), &frame);
    grid.resize(300, 500);
    QImage picture(grid.size(), QImage::Format_RGB32);
    measure("heads grid: another window", 50, [&](int i) {
        model.setWindow(static_cast<std::size_t>(i % 4));
        paintOnce(grid, picture);
    });
}

void measureStrip(app::AttentionModel& model, Executor& executor) {
    const auto& analysis = model.content().analysis;
    const app::BandSource one{analysis, app::mapsOf(*analysis, {motion::BodyPart::Hands, 4, 2, {}}),
                              63};
    const app::BandSource mean{analysis,
                               app::mapsOf(*analysis, {motion::BodyPart::Hands, {}, {}, {}}), 63};
    const std::int64_t tiles = analysis->frames() / app::BandTile::kColumns;
    measure("tile of 256 frames: one head", 50,
            [&](int i) { (void)app::makeTile(one, i % tiles); });
    measure("tile of 256 frames: mean of all heads", 50,
            [&](int i) { (void)app::makeTile(mean, i % tiles); });
    measure("tile of 2,048 frames: mean of all heads", 400, [&](int i) {
        (void)app::makeTile(mean, {3, i % std::max<std::int64_t>(1, tiles / 8)}, std::stop_token{});
    });
    QWidget frame;
    app::StripView strip(model, executor, app::darkTheme(), &frame);
    strip.resize(1600, 340);
    QImage picture(strip.size(), QImage::Format_RGB32);
    const double length = static_cast<double>(analysis->frames()) / 30;
    strip.show(0, length);
    paintOnce(strip, picture);
    measure("strip of 1,600 px: all of the clip, tiles known", 16, [&](int i) {
        strip.show(0, length - 0.01 * (i % 2));
        paintOnce(strip, picture);
    });
    measure("strip of 1,600 px: scrolling 20 s, new tiles", 50, [&](int i) {
        strip.show(i * 2.0, i * 2.0 + 20);
        paintOnce(strip, picture);
    });
    fmt::print("cache: {:.1f} MB in {} tiles\n",
               static_cast<double>(strip.tiles().cache().bytes()) / (1 << 20),
               strip.tiles().cache().count());
}

} // namespace

int main(int count, char** arguments) {
    const QApplication application(count, arguments);
    app::loadFonts();
    QApplication::setFont(app::themeFont(12));
    fmt::print("{:<52} {:>8} {:>8}\n", "", "median", "p95 ms");
    InlineExecutor executor;
    app::AttentionModel model(executor);
    model.setFollow(false);
    model.setContent(contentOf(test::madeUpAnalysis()));
    measureMatrix(model);
    // Five minutes with all heads take 118 MB a part; one part's worth of work is measured.
    test::AnalysisShape minutes;
    minutes.windows = 150;
    model.setContent(contentOf(test::madeUpAnalysis(minutes)));
    model.setMap({motion::BodyPart::Hands, {}, {}, {}});
    measureStrip(model, executor);
    return 0;
}
