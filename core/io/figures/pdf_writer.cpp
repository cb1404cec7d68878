// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"
#include "core/io/figures/coordinate_text.h"
#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_writers.h"
#include "core/io/figures/png_encoder.h"

#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numbers>

namespace gesture::io {

namespace {

constexpr auto number = coordinateText;

/// Numbers of the objects that every file has.
enum Object : int { kCatalog = 1, kPages, kInformation, kHelvetica, kHelveticaBold, kFirstFree };

/// Collects the objects of a file and writes them with their table.
class PdfFile {
public:
    int add(std::string object) {
        objects_.push_back(std::move(object));
        return kFirstFree + static_cast<int>(objects_.size()) - 1;
    }

    static std::string stream(std::string_view dictionary, std::string_view content) {
        const std::string packed = deflated(content);
        return fmt::format("<< {} /Filter /FlateDecode /Length {} >>\nstream\n", dictionary,
                           packed.size()) +
               packed + "\nendstream";
    }

    [[nodiscard]] std::string finish(const std::vector<std::string>& fixed) const {
        // The second line tells programs that this is no text.
        std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        std::vector<std::size_t> offsets;
        for (const auto* list : {&fixed, &objects_})
            for (const std::string& object : *list) {
                offsets.push_back(out.size());
                out += fmt::format("{} 0 obj\n", offsets.size()) + object + "\nendobj\n";
            }
        const std::size_t table = out.size();
        out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets.size() + 1);
        for (const std::size_t offset : offsets)
            out += fmt::format("{:010} 00000 n \n", offset);
        out += fmt::format(
            "trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R >>\nstartxref\n{}\n%%EOF\n",
            offsets.size() + 1, static_cast<int>(kCatalog), static_cast<int>(kInformation), table);
        return out;
    }

private:
    std::vector<std::string> objects_;
};

/// A string of page content: WinAnsi between brackets.
std::string literal(std::string_view winAnsi) {
    std::string text = "(";
    for (const char c : winAnsi) {
        if (c == '(' || c == ')' || c == '\\')
            text += fmt::format("\\{}", c);
        else if (static_cast<unsigned char>(c) >= 0x7F)
            text += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
        else
            text += c;
    }
    return text + ")";
}

/// A string of metadata: UTF-16.
std::string wideText(std::string_view utf8) {
    std::string text = "<FEFF";
    const std::string clean = printableUtf8(utf8);
    for (std::size_t at = 0; at < clean.size();) {
        const auto character = utf8CharacterAt(clean, at);
        const char32_t value = character->value;
        if (value < 0x10000) {
            text += fmt::format("{:04X}", static_cast<std::uint32_t>(value));
        } else {
            const auto rest = static_cast<std::uint32_t>(value - 0x10000);
            text += fmt::format("{:04X}{:04X}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
        }
        at += character->length;
    }
    return text + ">";
}

/// Writes the content of one page.
class PdfPage {
public:
    PdfPage(PdfFile& file, double height)
        : file_(file)
        , height_(height) {}

    void operator()(const FilledBox& item) {
        fill(item.fill);
        content_ += boxText(item.box) + " re f\n";
    }
    void operator()(const FilledArea& item) {
        if (item.corners.empty()) return;
        fill(item.fill);
        path(item.corners);
        content_ += "h f\n";
    }
    void operator()(const DrawnLine& item) {
        if (item.points.size() < 2) return;
        const Pen& pen = item.pen;
        alpha(pen.colour.alpha);
        content_ += colour(pen.colour) + " RG " + number(pen.width) + " w ";
        content_ += pen.dash > 0.0 ? fmt::format("[{} {}] 0 d\n", number(pen.dash), number(pen.gap))
                                   : std::string("[] 0 d\n");
        path(item.points);
        content_ += "S\n";
    }
    void operator()(const DrawnText& item) {
        const TextStyle& style = item.style;
        fill(style.colour);
        const double width = textWidth(item.text, style);
        const double back = style.anchor == TextAnchor::Start    ? 0.0
                            : style.anchor == TextAnchor::Middle ? width / 2
                                                                 : width;
        const double angle = style.degrees * std::numbers::pi / 180.0;
        const double cosine = std::cos(angle);
        const double sine = std::sin(angle);
        content_ +=
            fmt::format("BT /{} {} Tf {:.5f} {:.5f} {:.5f} {:.5f} {} {} Tm {} Tj ET\n",
                        style.weight == TextWeight::Bold ? "F2" : "F1", number(style.size), cosine,
                        sine, -sine, cosine, number(item.at.x - back * cosine),
                        number(height_ - item.at.y - back * sine), literal(toWinAnsi(item.text)));
    }
    void operator()(const DrawnRaster& item) {
        const DrawnRaster large = enlarged(item);
        const int object = file_.add(PdfFile::stream(
            fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace "
                        "/DeviceRGB /BitsPerComponent 8 /Interpolate false",
                        large.columns, large.rows),
            {reinterpret_cast<const char*>(large.rgb.data()), large.rgb.size()}));
        alpha(1.0F);
        images_.push_back(object);
        content_ += fmt::format("q {} 0 0 {} {} {} cm /I{} Do Q\n", number(item.box.width),
                                number(item.box.height), number(item.box.x),
                                number(height_ - item.box.bottom()), images_.size());
    }
    void operator()(const BeginClip& item) {
        content_ += "q " + boxText(item.box) + " re W n\n";
        alphaBeforeClip_ = alpha_;
    }
    void operator()(const EndClip&) {
        content_ += "Q\n";
        alpha_ = alphaBeforeClip_;
    }

    [[nodiscard]] const std::string& content() const { return content_; }

    [[nodiscard]] std::string resources() const {
        std::string text =
            fmt::format("<< /Font << /F1 {} 0 R /F2 {} 0 R >>", static_cast<int>(kHelvetica),
                        static_cast<int>(kHelveticaBold));
        if (!images_.empty()) text += " /XObject <<";
        for (std::size_t i = 0; i < images_.size(); ++i)
            text += fmt::format(" /I{} {} 0 R", i + 1, images_[i]);
        if (!images_.empty()) text += " >>";
        text += " /ExtGState <<";
        for (const auto& [percent, unused] : alphas_)
            text += fmt::format(" /A{0} << /ca {1} /CA {1} >>", percent, number(percent / 100.0));
        return text + " >> >>";
    }

private:
    [[nodiscard]] std::string boxText(const FigureBox& box) const {
        return fmt::format("{} {} {} {}", number(box.x), number(height_ - box.bottom()),
                           number(box.width), number(box.height));
    }
    static std::string colour(const Colour& colour) {
        return fmt::format("{} {} {}", number(colour.red / 255.0), number(colour.green / 255.0),
                           number(colour.blue / 255.0));
    }
    void alpha(float alpha) {
        const int percent = static_cast<int>(std::lround(alpha * 100.0F));
        if (percent == alpha_) return;
        alpha_ = percent;
        alphas_[percent] = true;
        content_ += fmt::format("/A{} gs ", percent);
    }
    void fill(const Colour& fill) {
        alpha(fill.alpha);
        content_ += colour(fill) + " rg ";
    }
    void path(const std::vector<FigurePoint>& points) {
        for (std::size_t i = 0; i < points.size(); ++i)
            content_ +=
                fmt::format("{} {} {}{}", number(points[i].x), number(height_ - points[i].y),
                            i == 0 ? "m" : "l", i % 8 == 7 ? "\n" : " ");
    }

    PdfFile& file_;
    double height_;
    std::string content_ = "1 j\n";
    std::vector<int> images_;
    std::map<int, bool> alphas_;
    int alpha_ = 100;
    int alphaBeforeClip_ = 100;
};

int addPage(PdfFile& file, const Figure& figure) {
    PdfPage page(file, figure.height());
    for (const FigureItem& item : figure.items())
        std::visit(page, item);
    const int content = file.add(PdfFile::stream("", page.content()));
    return file.add(fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {} {}] "
                                "/Resources {} /Contents {} 0 R >>",
                                static_cast<int>(kPages), number(figure.width()),
                                number(figure.height()), page.resources(), content));
}

std::string information(std::span<const Figure> figures) {
    if (figures.empty()) return "<< >>";
    const Figure& first = figures.front();
    return fmt::format("<< /Title {} /Subject {} /Creator {} /Producer {} >>",
                       wideText(first.title), wideText(first.description), wideText(first.program),
                       wideText(first.program));
}

} // namespace

std::string figuresAsPdf(std::span<const Figure> figures) {
    PdfFile file;
    std::string kids;
    for (const Figure& figure : figures)
        kids += fmt::format("{}{} 0 R", kids.empty() ? "" : " ", addPage(file, figure));
    const auto font = [](std::string_view name) {
        return fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /{} "
                           "/Encoding /WinAnsiEncoding >>",
                           name);
    };
    return file.finish(
        {fmt::format(
             "<< /Type /Catalog /Pages {} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
             static_cast<int>(kPages)),
         fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, figures.size()),
         information(figures), font("Helvetica"), font("Helvetica-Bold")});
}

} // namespace gesture::io
