// SPDX-License-Identifier: Apache-2.0
#include "tests/core/analysis/xml_check.h"

#include "core/base/utf8.h"

#include <regex>

namespace gesture::test {

namespace {

/// The text with its entities resolved; sets `fault` at a bare & or <.
std::string resolved(const std::string& text, std::string& fault) {
    static const std::vector<std::pair<std::string, char>> kEntities{
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        bool found = false;
        for (const auto& [entity, character] : kEntities)
            if (!found && text.compare(at, entity.size(), entity) == 0) {
                result += character;
                at += entity.size();
                found = true;
            }
        if (found) continue;
        if (text[at] == '&' || text[at] == '<') fault = "bare " + text.substr(at, 10);
        result += text[at++];
    }
    return result;
}

} // namespace

XmlReading readXml(std::string_view xml) {
    XmlReading reading;
    if (firstInvalidUtf8(xml)) reading.fault = "not UTF-8";
    for (const char c : xml)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') reading.fault = "control character";
    static const std::regex head(R"(^<\?xml version="1\.0" encoding="UTF-8"\?>\n)");
    static const std::regex start(R"(^<([A-Za-z]+)((?: [A-Za-z:-]+="[^"<]*")*)(/?)>)");
    static const std::regex end(R"(^</([A-Za-z]+)>)");
    std::string rest(xml);
    std::smatch match;
    if (!std::regex_search(rest, match, head)) reading.fault = "no declaration";
    std::size_t at = reading.fault.empty() ? static_cast<std::size_t>(match.length()) : rest.size();
    std::vector<std::string> open;
    while (at < rest.size() && reading.fault.empty()) {
        if (rest[at] != '<') {
            const std::size_t next = std::min(rest.find('<', at), rest.size());
            const std::string text = resolved(rest.substr(at, next - at), reading.fault);
            if (!open.empty() && open.back() == "text") reading.texts.push_back(text);
            if (open.empty() && text != "\n") reading.fault = "text outside";
            at = next;
            continue;
        }
        // Long attributes (pictures) would overflow the expression's stack: they are cut out.
        const std::size_t close = rest.find('>', at);
        if (close == std::string::npos) {
            reading.fault = "open tag";
            break;
        }
        std::string tag = rest.substr(at, close - at + 1);
        for (const char* attribute : {"base64,", "points=\""}) {
            const std::size_t data = tag.find(attribute);
            if (data == std::string::npos) continue;
            const std::size_t from = data + std::string_view(attribute).size();
            tag.erase(from, tag.find('"', from) - from);
        }
        at = close + 1;
        if (std::regex_match(tag, match, end)) {
            if (open.empty() || open.back() != match[1]) {
                reading.fault = "unexpected " + tag;
                break;
            }
            open.pop_back();
        } else if (std::regex_match(tag, match, start)) {
            reading.elements.push_back(match[1]);
            if (match[3].length() == 0) open.push_back(match[1]);
        } else {
            reading.fault = "no tag: " + tag.substr(0, 60);
        }
    }
    if (!open.empty() && reading.fault.empty()) reading.fault = "not closed: " + open.back();
    return reading;
}

} // namespace gesture::test
