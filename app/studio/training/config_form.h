// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>

#include <vector>

namespace gesture::app {

/// The main values of a configuration as fields; the text keeps everything else. GUI thread.
class ConfigForm final : public QScrollArea {
    Q_OBJECT

public:
    explicit ConfigForm(QWidget* parent = nullptr);

    void setText(const QString& yaml);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    /// A field has another value; empty values are not sent.
    void valueChanged(const QString& key, const QString& value);

private:
    struct Field {
        QString key;
        QLineEdit* edit = nullptr;
        QComboBox* box = nullptr;
    };
    void addSection(const QString& title);
    void addField(const QString& label, const QString& key, const QString& otherwise,
                  const QString& tip);
    void addFolder(const QString& label, const QString& key, const QString& tip);
    void addChoice(const QString& label, const QString& key, const QStringList& values,
                   const QString& tip);
    void addRow(const QString& label, QWidget* control, const QString& tip);
    void send(const Field& field);

    std::vector<Field> fields_;
    QString yaml_;
    QGridLayout* grid_ = nullptr;
};

} // namespace gesture::app
