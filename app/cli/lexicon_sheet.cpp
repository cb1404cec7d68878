// SPDX-License-Identifier: Apache-2.0
#include "app/cli/lexicon_sheet.h"

#include "app/cli/frame_drawing.h"
#include "app/cli/render_session.h"
#include "core/base/atomic_file.h"
#include "core/gestures/lexicon_demo.h"
#include "core/io/figures/canvas.h"
#include "core/io/figures/png_encoder.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr int kColumns = 3;
constexpr double kPixelsPerPoint = 2.0;

/// One of the pictures of a gesture: what is drawn, and the part of it that the sheet shows.
/// Pixels.
struct SheetView {
    render::CameraPreset camera;
    int cropLeft;
    int cropWidth;
};
constexpr int kDrawnWidth = 420;
constexpr int kDrawnHeight = 540;
constexpr int kCropTop = 20;
constexpr int kCropHeight = 320;
constexpr std::array<SheetView, 2> kViews = {
    {{render::CameraPreset::Front, 0, 420}, {render::CameraPreset::Side, 60, 300}}};
constexpr int kCellWidth = kViews[0].cropWidth + kViews[1].cropWidth;

RenderRequest sheetRequest(render::CameraPreset camera, int width, int height) {
    RenderRequest request;
    request.width = width;
    request.height = height;
    request.camera = camera;
    return request;
}

/// Red, green and blue of the view's part of a picture, row by row.
std::vector<std::uint8_t> croppedRgb(const render::Image& image, const SheetView& view) {
    std::vector<std::uint8_t> rgb;
    rgb.reserve(static_cast<std::size_t>(3 * view.cropWidth * kCropHeight));
    for (int y = kCropTop; y < kCropTop + kCropHeight; ++y)
        for (int x = view.cropLeft; x < view.cropLeft + view.cropWidth; ++x)
            rgb.insert(rgb.end(), image.at(x, y), image.at(x, y) + 3);
    return rgb;
}

/// All gestures in rows, each with its views side by side.
class Sheet {
public:
    explicit Sheet(std::size_t gestures)
        : canvas_(kColumns * kCellWidth,
                  static_cast<int>((gestures + kColumns - 1) / kColumns) * kCropHeight,
                  kPixelsPerPoint) {}

    void add(std::size_t gesture, std::size_t view, const render::Image& image) {
        const double left = view == 0 ? 0.0 : kViews[0].cropWidth;
        const io::FigurePoint corner = cornerOf(gesture);
        const io::FigureBox box{corner.x + left / kPixelsPerPoint, corner.y,
                                kViews[view].cropWidth / kPixelsPerPoint,
                                kCropHeight / kPixelsPerPoint};
        canvas_(io::DrawnRaster{box, kViews[view].cropWidth, kCropHeight,
                                croppedRgb(image, kViews[view])});
    }

    void addName(std::size_t gesture, const std::string& name) {
        io::TextStyle style;
        style.size = 10.0;
        style.colour = {230, 232, 236, 1.0F};
        const io::FigurePoint corner = cornerOf(gesture);
        canvas_(io::DrawnText{{corner.x + 6.0, corner.y + 14.0}, name, style});
    }

    [[nodiscard]] Status write(const fs::path& path) const {
        io::PngPicture picture;
        picture.columns = canvas_.columns();
        picture.rows = canvas_.rows();
        picture.rgb = canvas_.rgb();
        const std::string png = io::encodePng(picture);
        return writeFileAtomically(path, std::as_bytes(std::span(png)));
    }

private:
    [[nodiscard]] static io::FigurePoint cornerOf(std::size_t gesture) {
        const auto column = static_cast<double>(gesture % kColumns);
        const auto row = static_cast<double>(gesture / kColumns);
        return {column * kCellWidth / kPixelsPerPoint, row * kCropHeight / kPixelsPerPoint};
    }

    io::Canvas canvas_;
};

Status drawView(const gestures::LexiconDemo& demo, const std::shared_ptr<const motion::Clip>& clip,
                std::size_t view, Sheet& sheet, Console& console) {
    auto session = RenderSession::open(sheetRequest(kViews[view].camera, kDrawnWidth, kDrawnHeight),
                                       clip, console);
    if (!session) return std::move(session).error();
    JobControl job = console.job();
    job.beginStage("Drawing gestures", static_cast<std::int64_t>(demo.events.size()));
    (*session)->frameCamera({{0}, {clip->frameCount()}});
    (*session)->setQuality(render::RenderQuality::High);
    for (std::size_t i = 0; i < demo.events.size(); ++i) {
        if (job.stopRequested()) return JobControl::cancelled("Drawing gestures");
        constexpr double kIntoTheHold = 0.03; // seconds
        const double apex = demo.events[i].strokeEnd.value + kIntoTheHold;
        const auto image = (*session)->draw(clip->rate().frameAt({apex}));
        if (!image) return image.error();
        sheet.add(i, view, **image);
        job.advanceTo(static_cast<std::int64_t>(i) + 1);
    }
    return Status::success();
}

Status drawPicture(const gestures::LexiconDemo& demo,
                   const std::shared_ptr<const motion::Clip>& clip, const fs::path& path,
                   Console& console) {
    Sheet sheet(demo.events.size());
    for (std::size_t view = 0; view < kViews.size(); ++view)
        if (auto drawn = drawView(demo, clip, view, sheet, console); !drawn) return drawn;
    for (std::size_t i = 0; i < demo.events.size(); ++i)
        sheet.addName(i, std::string(demo.events[i].gesture()));
    return sheet.write(path);
}

Status drawFilm(const std::shared_ptr<const motion::Clip>& clip, const fs::path& path,
                Console& console) {
    const RenderRequest request = sheetRequest(render::CameraPreset::ThreeQuarter, 640, 720);
    auto session = RenderSession::open(request, clip, console);
    if (!session) return std::move(session).error();
    const FrameRange range{{0}, {clip->frameCount()}};
    (*session)->frameCamera(range);
    (*session)->setQuality(render::RenderQuality::Interactive);
    return drawVideo(**session, request, path, range, console);
}

bool isFilm(const fs::path& path) {
    return path.extension() == ".mp4" || path.extension() == ".webm";
}

} // namespace

Status checkLexiconSheet(const fs::path& path) {
    if (isFilm(path) || path.extension() == ".png") return Status::success();
    return Error{
        ErrorCode::Usage,
        fmt::format("'{}': a sheet of the gestures is .png, .mp4 or .webm.", path.string())};
}

Status drawLexiconSheet(const fs::path& path, Console& console) {
    JobControl job = console.job();
    // A left-handed speaker: the view from the side is from that side.
    constexpr std::size_t kLeftHanded = 8;
    auto demo = gestures::makeLexiconDemo(gestures::speakerStyles()[kLeftHanded], job);
    if (!demo) return std::move(demo).error();
    const auto clip = std::make_shared<const motion::Clip>(std::move(demo->motion.clip));
    return isFilm(path) ? drawFilm(clip, path, console) : drawPicture(*demo, clip, path, console);
}

} // namespace gesture::app
