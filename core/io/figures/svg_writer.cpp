// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/coordinate_text.h"
#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_writers.h"
#include "core/io/figures/png_encoder.h"

#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr auto number = coordinateText;

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : printableUtf8(text)) {
        if (c == '&')
            result += "&amp;";
        else if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '"')
            result += "&quot;";
        else
            result += c;
    }
    return result;
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8U) |
                    (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += at + i > bytes.size() ? '=' : kDigits[(group >> (18U - 6U * i)) & 63U];
    }
    return text;
}

std::string colourText(const Colour& colour) {
    return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

std::string fillText(const Colour& colour) {
    std::string text = fmt::format("fill=\"{}\"", colourText(colour));
    if (colour.alpha < 1.0F)
        text += fmt::format(" fill-opacity=\"{}\"", number(static_cast<double>(colour.alpha)));
    return text;
}

std::string boxText(const FigureBox& box) {
    return fmt::format("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", number(box.x), number(box.y),
                       number(box.width), number(box.height));
}

std::string pointsText(const std::vector<FigurePoint>& points) {
    std::string text;
    for (const FigurePoint& point : points)
        text += fmt::format("{}{},{}", text.empty() ? "" : " ", number(point.x), number(point.y));
    return text;
}

/// Writes the items of one figure.
class SvgItems {
public:
    explicit SvgItems(std::string& out)
        : out_(out) {}

    void operator()(const FilledBox& item) {
        out_ += fmt::format("<rect {} {}/>\n", boxText(item.box), fillText(item.fill));
    }
    void operator()(const FilledArea& item) {
        out_ += fmt::format("<polygon points=\"{}\" {}/>\n", pointsText(item.corners),
                            fillText(item.fill));
    }
    void operator()(const DrawnLine& item) {
        const Pen& pen = item.pen;
        out_ += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" "
                            "stroke-width=\"{}\" stroke-linejoin=\"round\"",
                            pointsText(item.points), colourText(pen.colour), number(pen.width));
        if (pen.colour.alpha < 1.0F)
            out_ += fmt::format(" stroke-opacity=\"{}\"",
                                number(static_cast<double>(pen.colour.alpha)));
        if (pen.dash > 0.0)
            out_ += fmt::format(" stroke-dasharray=\"{},{}\"", number(pen.dash), number(pen.gap));
        out_ += "/>\n";
    }
    void operator()(const DrawnText& item) {
        const TextStyle& style = item.style;
        out_ += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" {}", number(item.at.x),
                            number(item.at.y), number(style.size), fillText(style.colour));
        if (style.weight == TextWeight::Bold) out_ += " font-weight=\"bold\"";
        if (style.anchor != TextAnchor::Start)
            out_ += fmt::format(" text-anchor=\"{}\"",
                                style.anchor == TextAnchor::End ? "end" : "middle");
        if (style.degrees != 0.0)
            out_ += fmt::format(" transform=\"rotate({} {} {})\"", number(-style.degrees),
                                number(item.at.x), number(item.at.y));
        out_ += fmt::format(">{}</text>\n", escaped(item.text));
    }
    void operator()(const DrawnRaster& item) {
        const DrawnRaster large = enlarged(item);
        out_ += fmt::format(
            "<image {} preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" "
            "xlink:href=\"data:image/png;base64,{}\"/>\n",
            boxText(item.box), base64(encodePng({large.columns, large.rows, large.rgb, 0.0, {}})));
    }
    void operator()(const BeginClip& item) {
        ++clips_;
        out_ += fmt::format("<clipPath id=\"clip{}\"><rect {}/></clipPath>\n"
                            "<g clip-path=\"url(#clip{})\">\n",
                            clips_, boxText(item.box), clips_);
    }
    void operator()(const EndClip&) { out_ += "</g>\n"; }

private:
    std::string& out_;
    int clips_ = 0;
};

} // namespace

std::string figureAsSvg(const Figure& figure) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out += fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                       "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" "
                       "width=\"{0}pt\" height=\"{1}pt\" viewBox=\"0 0 {0} {1}\" "
                       "font-family=\"Helvetica, Arial, Arimo, 'Liberation Sans', sans-serif\">\n",
                       number(figure.width()), number(figure.height()));
    out += fmt::format("<title>{}</title>\n<desc>{}</desc>\n", escaped(figure.title),
                       escaped(figure.description +
                               (figure.program.empty() ? "" : " Made by " + figure.program + ".")));
    out += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n",
                       number(figure.width()), number(figure.height()));
    SvgItems items(out);
    for (const FigureItem& item : figure.items())
        std::visit(items, item);
    out += "</svg>\n";
    return out;
}

} // namespace gesture::io
