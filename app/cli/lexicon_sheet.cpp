// SPDX-License-Identifier: Apache-2.0
#include "app/cli/lexicon_sheet.h"

#include "app/cli/frame_drawing.h"
#include "app/cli/render_session.h"
#include "core/base/atomic_file.h"
#include "core/gestures/lexicon_demo.h"
#include "core/io/figures/canvas.h"
#include "core/io/figures/png_encoder.h"

#include <fmt/format.h>

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

constexpr int kColumns = 6;
constexpr int kCellWidth = 300; ///< pixels
constexpr int kCellHeight = 400;
constexpr double kPixelsPerPoint = 2.0;

RenderRequest sheetRequest(int width, int height) {
    RenderRequest request;
    request.width = width;
    request.height = height;
    request.camera = render::CameraPreset::ThreeQuarter;
    return request;
}

std::vector<std::uint8_t> rgbOf(const render::Image& image) {
    std::vector<std::uint8_t> rgb;
    rgb.reserve(image.pixels.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < image.pixels.size(); i += 4)
        rgb.insert(rgb.end(), image.pixels.begin() + static_cast<std::ptrdiff_t>(i),
                   image.pixels.begin() + static_cast<std::ptrdiff_t>(i) + 3);
    return rgb;
}

/// Pictures with their names, row by row.
class Sheet {
public:
    explicit Sheet(std::size_t cells)
        : canvas_(kColumns * kCellWidth,
                  static_cast<int>((cells + kColumns - 1) / kColumns) * kCellHeight,
                  kPixelsPerPoint) {}

    void add(const render::Image& image, const std::string& name) {
        const double width = kCellWidth / kPixelsPerPoint;
        const double height = kCellHeight / kPixelsPerPoint;
        const io::FigureBox box{width * (count_ % kColumns), height * (count_ / kColumns), width,
                                height};
        canvas_(io::DrawnRaster{box, image.width, image.height, rgbOf(image)});
        io::TextStyle style;
        style.size = 10.0;
        style.colour = {230, 232, 236, 1.0F};
        canvas_(io::DrawnText{{box.x + 6.0, box.y + 14.0}, name, style});
        ++count_;
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
    io::Canvas canvas_;
    int count_ = 0;
};

Status drawPicture(const gestures::LexiconDemo& demo,
                   const std::shared_ptr<const motion::Clip>& clip, const fs::path& path,
                   Console& console) {
    auto session = RenderSession::open(sheetRequest(kCellWidth, kCellHeight), clip, console);
    if (!session) return std::move(session).error();
    JobControl job = console.job();
    job.beginStage("Drawing gestures", static_cast<std::int64_t>(demo.events.size()));
    (*session)->frameCamera({{0}, {clip->frameCount()}});
    (*session)->setQuality(render::RenderQuality::High);
    Sheet sheet(demo.events.size());
    for (std::size_t i = 0; i < demo.events.size(); ++i) {
        if (job.stopRequested()) return JobControl::cancelled("Drawing gestures");
        const gestures::GestureEvent& event = demo.events[i];
        const FrameIndex apex = clip->rate().frameAt({event.strokeEnd.value + 0.03});
        const auto image = (*session)->draw(apex);
        if (!image) return image.error();
        sheet.add(**image, std::string(event.gesture()));
        job.advanceTo(static_cast<std::int64_t>(i) + 1);
    }
    return sheet.write(path);
}

Status drawFilm(const std::shared_ptr<const motion::Clip>& clip, const fs::path& path,
                Console& console) {
    const RenderRequest request = sheetRequest(640, 720);
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
    auto demo = gestures::makeLexiconDemo(gestures::speakerStyles()[0], job);
    if (!demo) return std::move(demo).error();
    const auto clip = std::make_shared<const motion::Clip>(std::move(demo->motion.clip));
    return isFilm(path) ? drawFilm(clip, path, console) : drawPicture(*demo, clip, path, console);
}

} // namespace gesture::app
