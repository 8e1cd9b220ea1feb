<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AreaDialog</name>
    <message>
        <source>Finish by area</source>
        <translation>Veredelung nach Fläche</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Each is a plate of its own in PDF and SVG files, and overprints the inks.</source>
        <translation>Jede ist in PDF- und SVG-Dateien eine eigene Platte und überdruckt die Farben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>AreaPicker</name>
    <message>
        <source>The panel&apos;s picture</source>
        <translation>Das Bild der Seite</translation>
    </message>
</context>
<context>
    <name>AreaRow</name>
    <message>
        <source>Where artwork is</source>
        <translation>Wo das Motiv ist</translation>
    </message>
    <message>
        <source>Where it has a colour</source>
        <translation>Wo es eine Farbe hat</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Another colour …</source>
        <translation>Andere Farbe …</translation>
    </message>
</context>
<context>
    <name>ArtworkPanel</name>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Edit a copy</source>
        <translation>Kopie bearbeiten</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>You are looking at a bundle. Nothing in it can be changed here.</source>
        <translation>Sie sehen ein Bündel an. Hier lässt sich darin nichts ändern.</translation>
    </message>
    <message>
        <source>The server takes no changes for now. You can look at the design and export it.</source>
        <translation>Der Server nimmt zurzeit keine Änderungen an. Ansehen und exportieren geht.</translation>
    </message>
    <message>
        <source>The disk takes no changes for now. You can look at the design and export it elsewhere.</source>
        <translation>Der Datenträger nimmt zurzeit keine Änderungen an. Der Entwurf lässt sich ansehen und auf einen anderen Datenträger exportieren.</translation>
    </message>
</context>
<context>
    <name>BlankPreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>CandidateDialog</name>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Take none</source>
        <translation>Keines nehmen</translation>
    </message>
    <message>
        <source>Which picture for the panel {0}?</source>
        <translation>Welches Bild für die Seite {0}?</translation>
    </message>
    <message>
        <source>Variation {0}</source>
        <translation>Variante {0}</translation>
    </message>
    <message>
        <source>Put it on the panel</source>
        <translation>Auf die Seite legen</translation>
    </message>
    <message>
        <source>Use it and make the other panel</source>
        <translation>Nehmen und die andere Seite machen</translation>
    </message>
    <message>
        <source>Use it and make the other {0} panels</source>
        <translation>Nehmen und die {0} anderen Seiten machen</translation>
    </message>
    <message>
        <source>All of them stay in Generations.</source>
        <translation>Alle bleiben unter „Generationen“.</translation>
    </message>
    <message>
        <source>The other panels cost about {0}.</source>
        <translation>Die anderen Seiten kosten etwa {0}.</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Change in words</source>
        <translation>In Worten ändern</translation>
    </message>
    <message>
        <source>What shall change</source>
        <translation>Was sich ändern soll</translation>
    </message>
    <message>
        <source>make the flowers blue</source>
        <translation>mach die Blüten blau</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What shall change on the panel {0}?</source>
        <translation>Was soll sich auf der Seite {0} ändern?</translation>
    </message>
    <message>
        <source>All of the panel. Draw a rectangle to change only that.</source>
        <translation>Die ganze Seite. Ziehen Sie ein Rechteck auf, um nur das zu ändern.</translation>
    </message>
    <message>
        <source>Only the rectangle, {0}; the rest stays as it is.</source>
        <translation>Nur das Rechteck, {0}; der Rest bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Objects that are chosen</source>
        <translation>Gewählte Objekte</translation>
    </message>
    <message>
        <source>Turn the package</source>
        <translation>Verpackung drehen</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Mit links ziehen</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Right drag, or Shift and left</source>
        <translation>Mit rechts ziehen, oder Umschalt und links</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Fit it into the view</source>
        <translation>In die Ansicht einpassen</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Select a panel</source>
        <translation>Seite auswählen</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Commands for the panel</source>
        <translation>Befehle für die Seite</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Put a picture on it</source>
        <translation>Bild auf die Seite legen</translation>
    </message>
    <message>
        <source>Drop a file</source>
        <translation>Datei ablegen</translation>
    </message>
    <message>
        <source>Swap two panels; copy</source>
        <translation>Zwei Seiten tauschen; kopieren</translation>
    </message>
    <message>
        <source>Drag; with Ctrl</source>
        <translation>Ziehen; mit Strg</translation>
    </message>
    <message>
        <source>Select several panels</source>
        <translation>Mehrere Seiten auswählen</translation>
    </message>
    <message>
        <source>Ctrl or Shift and click</source>
        <translation>Strg oder Umschalt und Klick</translation>
    </message>
</context>
<context>
    <name>ColumnList</name>
    <message>
        <source>Not used</source>
        <translation>Nicht verwendet</translation>
    </message>
    <message>
        <source>What the column {0} is</source>
        <translation>Was die Spalte {0} ist</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>Befehl finden</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Eintippen, was Sie tun möchten</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare two pictures</source>
        <translation>Zwei Bilder vergleichen</translation>
    </message>
    <message>
        <source>Place of the slider</source>
        <translation>Stellung des Schiebers</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>Schieber</translation>
    </message>
</context>
<context>
    <name>ComparedPictures</name>
    <message>
        <source>Two pictures</source>
        <translation>Zwei Bilder</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Lädt …</translation>
    </message>
</context>
<context>
    <name>DesignCommands</name>
    <message>
        <source>Designs and answers of reviewers (*.packdesk *.json)</source>
        <translation>Entwürfe und Antworten aus Durchsichten (*.packdesk *.json)</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Eine Datei öffnen</translation>
    </message>
</context>
<context>
    <name>DifferenceList</name>
    <message>
        <source>Lines that differ</source>
        <translation>Abweichende Linien</translation>
    </message>
</context>
<context>
    <name>DimensionRow</name>
    <message>
        <source>{0} slider</source>
        <translation>{0}, Regler</translation>
    </message>
    <message>
        <source>{0} in inches</source>
        <translation>{0} in Zoll</translation>
    </message>
    <message>
        <source>{0} in millimetres</source>
        <translation>{0} in Millimetern</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Float {0}, or dock it again</source>
        <translation>{0} lösen oder wieder andocken</translation>
    </message>
    <message>
        <source>Hide {0}</source>
        <translation>{0} ausblenden</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>Save the design</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Mend what can be set</source>
        <translation>Beheben, was einzustellen ist</translation>
    </message>
    <message>
        <source>Look for words near a cut</source>
        <translation>Nach Schrift am Schnitt suchen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation>Druckprüfung</translation>
    </message>
    <message>
        <source>Reading the pictures …</source>
        <translation>Die Bilder werden gelesen …</translation>
    </message>
    <message>
        <source>What reads lettering is not installed; the troubleshooting guide says how to add it.</source>
        <translation>Was Schrift liest, ist nicht installiert; die Hilfe zur Fehlersuche sagt, wie es hinzukommt.</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Box style</source>
        <translation>Faltart</translation>
    </message>
    <message>
        <source>Line colours</source>
        <translation>Linienfarben</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>Crop marks</source>
        <translation>Schnittmarken</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Tear-off line</source>
        <translation>Abrisslinie</translation>
    </message>
    <message>
        <source>Words as paths</source>
        <translation>Wörter als Pfade</translation>
    </message>
    <message>
        <source>Live text</source>
        <translation>Echter Text</translation>
    </message>
    <message>
        <source>Lettering as text with embedded typefaces, as far as their licence allows</source>
        <translation>Schrift als Text mit eingebetteten Schriften, soweit deren Lizenz es erlaubt</translation>
    </message>
    <message>
        <source>Flaps and board</source>
        <translation>Laschen und Karton</translation>
    </message>
    <message>
        <source>Inside only</source>
        <translation>Nur innen</translation>
    </message>
    <message>
        <source>Follows the board until another width is set.</source>
        <translation>Folgt dem Karton, bis eine andere Breite gesetzt wird.</translation>
    </message>
    <message>
        <source>Board thickness</source>
        <translation>Kartondicke</translation>
    </message>
    <message>
        <source>Glue flap</source>
        <translation>Klebelasche</translation>
    </message>
    <message>
        <source>Bleed</source>
        <translation>Beschnitt</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Schutzabstand</translation>
    </message>
    <message>
        <source>Straight tuck</source>
        <translation>Stecklaschen parallel</translation>
    </message>
    <message>
        <source>Reverse tuck</source>
        <translation>Stecklaschen versetzt</translation>
    </message>
    <message>
        <source>Tuck and seal</source>
        <translation>Stecken und kleben</translation>
    </message>
    <message>
        <source>Seal end</source>
        <translation>Beidseits geklebt</translation>
    </message>
    <message>
        <source>Hang tab</source>
        <translation>Aufhängelasche</translation>
    </message>
    <message>
        <source>Snap-lock bottom</source>
        <translation>Steckboden</translation>
    </message>
    <message>
        <source>Auto-lock bottom</source>
        <translation>Automatikboden</translation>
    </message>
    <message>
        <source>Mailer</source>
        <translation>Versandkarton</translation>
    </message>
    <message>
        <source>Tray with lid</source>
        <translation>Stülpschachtel</translation>
    </message>
    <message>
        <source>Sleeve</source>
        <translation>Banderole</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>Kreuz</translation>
    </message>
    <message>
        <source>Red and blue</source>
        <translation>Rot und Blau</translation>
    </message>
    <message>
        <source>Magenta and cyan</source>
        <translation>Magenta und Cyan</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>Preflight</source>
        <translation>Druckprüfung</translation>
    </message>
</context>
<context>
    <name>FlatView</name>
    <message>
        <source>Package laid flat</source>
        <translation>Abwicklung der Verpackung</translation>
    </message>
    <message>
        <source>Control with an arrow key selects the next panel in that direction, Enter selects the first one or opens the menu of the selected one. Arrow keys move the sheet, plus and minus zoom, Home shows all of it.</source>
        <translation>Strg mit einer Pfeiltaste wählt die nächste Seite in dieser Richtung, die Eingabetaste wählt die erste oder öffnet das Menü der ausgewählten. Pfeiltasten verschieben den Bogen, Plus und Minus zoomen, Pos1 zeigt alles.</translation>
    </message>
    <message>
        <source>Package laid flat, {0} selected</source>
        <translation>Abwicklung der Verpackung, {0} ausgewählt</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
</context>
<context>
    <name>Generations</name>
    <message>
        <source>&amp;Put on {0}</source>
        <translation>Auf {0} &amp;legen</translation>
    </message>
    <message>
        <source>Put &amp;on</source>
        <translation>Legen &amp;auf</translation>
    </message>
    <message>
        <source>Use the &amp;words again</source>
        <translation>Die &amp;Worte wieder verwenden</translation>
    </message>
    <message>
        <source>&amp;Favourite</source>
        <translation>&amp;Favorit</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im Ordner &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Delete …</source>
        <translation>&amp;Löschen …</translation>
    </message>
</context>
<context>
    <name>GenerationsPanel</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the pictures</source>
        <translation>Bilder durchsuchen</translation>
    </message>
    <message>
        <source>Only favourites</source>
        <translation>Nur Favoriten</translation>
    </message>
    <message>
        <source>Compare two selected pictures</source>
        <translation>Zwei ausgewählte Bilder vergleichen</translation>
    </message>
    <message>
        <source>The index of the pictures was damaged. It has been made anew; no picture is missing.</source>
        <translation>Das Verzeichnis der Bilder war beschädigt. Es wurde neu angelegt; kein Bild fehlt.</translation>
    </message>
    <message>
        <source>{0} of {1} pictures</source>
        <translation>{0} von {1} Bildern</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>Looking through the pictures …</source>
        <translation>Die Bilder werden durchgesehen …</translation>
    </message>
    <message>
        <source>No picture matches.</source>
        <translation>Kein Bild passt.</translation>
    </message>
    <message>
        <source>What is generated or imported stays here, whatever becomes of the design.</source>
        <translation>Was erzeugt oder importiert wird, bleibt hier, was auch aus dem Entwurf wird.</translation>
    </message>
</context>
<context>
    <name>InkField</name>
    <message>
        <source>Take the colour from the artwork</source>
        <translation>Farbe aus dem Motiv nehmen</translation>
    </message>
    <message>
        <source>Take the colour from the artwork: click on it (F8)</source>
        <translation>Farbe aus dem Motiv nehmen: darauf klicken (F8)</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Gemini key</source>
        <translation>Gemini-Schlüssel</translation>
    </message>
    <message>
        <source>Paste a key and press Return</source>
        <translation>Schlüssel hier einfügen</translation>
    </message>
    <message>
        <source>Test key</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A key is set in the environment.</source>
        <translation>Ein Schlüssel kommt aus der Umgebung.</translation>
    </message>
    <message>
        <source>A key is kept in this computer&apos;s key store.</source>
        <translation>Der Schlüssel liegt in der Schlüsselverwaltung.</translation>
    </message>
    <message>
        <source>A key is kept until packdesk is closed: this computer has no key store.</source>
        <translation>Der Schlüssel gilt nur, bis packdesk beendet wird.</translation>
    </message>
    <message>
        <source>No key yet. Without one, artwork is painted on this computer.</source>
        <translation>Noch kein Schlüssel: Motive werden hier gemalt.</translation>
    </message>
    <message>
        <source>✓ The key works and the model is there.</source>
        <translation>✓ Der Schlüssel gilt, und das Modell ist da.</translation>
    </message>
    <message>
        <source>Asking Google …</source>
        <translation>Google wird gefragt …</translation>
    </message>
</context>
<context>
    <name>KindList</name>
    <message>
        <source>Kinds of files</source>
        <translation>Dateiarten</translation>
    </message>
</context>
<context>
    <name>LengthField</name>
    <message>
        <source>{0} is out of range. Use a size between {1} and {2}.</source>
        <translation>{0} ist nicht möglich. Erlaubt sind {1} bis {2}.</translation>
    </message>
    <message>
        <source>A length or a sum, such as 100+2*3, 12 cm or 4.5 in</source>
        <translation>Eine Länge oder Rechnung, etwa 100+2*3, 12 cm oder 4,5 in</translation>
    </message>
</context>
<context>
    <name>LinkCommands</name>
    <message>
        <source>Link to files</source>
        <translation>Mit Dateien verknüpfen</translation>
    </message>
    <message>
        <source>Unlinked. The pictures stay.</source>
        <translation>Verknüpfung gelöst. Die Bilder bleiben.</translation>
    </message>
    <message>
        <source>Find {0}</source>
        <translation>{0} suchen</translation>
    </message>
    <message>
        <source>{0} linked files are missing: {1}. The last pictures stay.</source>
        <translation>{0} verknüpfte Dateien fehlen: {1}. Die letzten Bilder bleiben.</translation>
    </message>
    <message>
        <source>Other pictures were put on {0} linked panels: they follow no longer: {1}.</source>
        <translation>Auf {0} verknüpfte Seiten wurden andere Bilder gelegt; sie folgen nicht mehr: {1}.</translation>
    </message>
    <message>
        <source>{0} linked files cannot be shown: {1}. The last pictures stay.</source>
        <translation>{0} verknüpfte Dateien lassen sich nicht zeigen: {1}. Die letzten Bilder bleiben.</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Verknüpfung lösen</translation>
    </message>
    <message>
        <source>Put it there again …</source>
        <translation>Wieder auflegen …</translation>
    </message>
    <message>
        <source>Follow the file again</source>
        <translation>Der Datei wieder folgen</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>Suchen …</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
</context>
<context>
    <name>LookBar</name>
    <message>
        <source>Finish</source>
        <translation>Oberfläche</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>How far the package is folded</source>
        <translation>Wie weit die Verpackung gefaltet ist</translation>
    </message>
    <message>
        <source>Exposure: {0} stops</source>
        <translation>Belichtung: {0} Blendenstufen</translation>
    </message>
    <message>
        <source>Unfold the package</source>
        <translation>Verpackung auffalten</translation>
    </message>
    <message>
        <source>Fold the package</source>
        <translation>Verpackung zusammenfalten</translation>
    </message>
    <message>
        <source>Matte board</source>
        <translation>Matt</translation>
    </message>
    <message>
        <source>Gloss</source>
        <translation>Glanz</translation>
    </message>
    <message>
        <source>Kraft</source>
        <translation>Kraftkarton</translation>
    </message>
    <message>
        <source>Foil</source>
        <translation>Metallfolie</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Side light</source>
        <translation>Seitlich</translation>
    </message>
    <message>
        <source>Even light</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>True colours</source>
        <translation>Echte Farben</translation>
    </message>
    <message>
        <source>Light studio</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark studio</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colour …</source>
        <translation>Farbe …</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>MainToolBar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Package</source>
        <translation>Verpackung</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>Shared on {0} – packdesk</source>
        <translation>Gemeinsam auf {0} – packdesk</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation>{0} weitere</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Put it back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>The shared design is gone from the server. You see it as it was.</source>
        <translation>Der gemeinsame Entwurf ist vom Server verschwunden. Sie sehen ihn, wie er war.</translation>
    </message>
    <message>
        <source>The design was moved away by another packdesk. You see it as it was.</source>
        <translation>Ein anderes packdesk hat den Entwurf weggelegt. Sie sehen ihn, wie er war.</translation>
    </message>
    <message>
        <source>Bring back the box with its artwork</source>
        <translation>Schachtel mit ihren Motiven zurückholen</translation>
    </message>
    <message>
        <source>Bring back the cylinder with its artwork</source>
        <translation>Zylinder mit seinen Motiven zurückholen</translation>
    </message>
    <message>
        <source>Bring back the former design</source>
        <translation>Vorigen Entwurf zurückholen</translation>
    </message>
    <message>
        <source>The artwork went with the former package.</source>
        <translation>Die Motive gingen mit der vorigen Verpackung.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Retry the {0} failed</source>
        <translation>{0} erneut versuchen</translation>
    </message>
    <message>
        <source>{0} of {1} panels are done: {2}</source>
        <translation>{0} von {1} Seiten sind fertig: {2}</translation>
    </message>
    <message>
        <source>They are for another kind of package: switch back to apply them.</source>
        <translation>Sie sind für eine andere Art Verpackung: Zum Anwenden dorthin zurückwechseln.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Apply the {0}</source>
        <translation>{0} übernehmen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Another program replaced the picture of {0} and took its objects off.</source>
        <translation>Ein anderes Programm hat das Bild von {0} ersetzt und die Objekte davon entfernt.</translation>
    </message>
    <message>
        <source>Put the objects back</source>
        <translation>Objekte zurücklegen</translation>
    </message>
    <message>
        <source>Leave them off</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>From {low} to {high}</source>
        <translation>Von {low} bis {high}</translation>
    </message>
</context>
<context>
    <name>ObjectEdits</name>
    <message>
        <source>Put a logo or a picture on the panel</source>
        <translation>Ein Logo oder Bild auf die Seite setzen</translation>
    </message>
    <message>
        <source>Pictures and drawings (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.svg *.pdf *.ai)</source>
        <translation>Bilder und Zeichnungen (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.svg *.pdf *.ai)</translation>
    </message>
</context>
<context>
    <name>ObjectForm</name>
    <message>
        <source>{count} objects are chosen: what is set here is set for all of them.</source>
        <translation>{count} Objekte sind gewählt: Was hier eingestellt wird, gilt für alle.</translation>
    </message>
    <message>
        <source>A range puts in the number of each row. Till then these are bars no scanner reads.</source>
        <translation>Ein Sortiment setzt die Nummer jeder Zeile ein. Bis dahin sind dies Balken, die kein Scanner liest.</translation>
    </message>
    <message>
        <source>In a range, with the words on this pack: {text}</source>
        <translation>In einem Sortiment, mit den Texten dieser Packung: {text}</translation>
    </message>
    <message>
        <source>{family} is not on this computer. Drawn letters stay; new ones are set in another typeface.</source>
        <translation>{family} ist nicht auf diesem Rechner. Gezeichnete Buchstaben bleiben; neue werden in einer anderen Schrift gesetzt.</translation>
    </message>
</context>
<context>
    <name>ObjectsPanel</name>
    <message>
        <source>Raise</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>Nach hinten</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Delete object</source>
        <translation>Objekt löschen</translation>
    </message>
    <message>
        <source>Letter it with the words on the pack</source>
        <translation>Mit den Texten der Packung beschriften</translation>
    </message>
    <message>
        <source>The objects of this panel cannot be read. It stays as it is, as a picture.</source>
        <translation>Die Objekte dieser Seite können nicht gelesen werden. Sie bleibt als Bild, wie sie ist.</translation>
    </message>
    <message>
        <source>Select one panel: lettering, logos, codes and shapes lie over its artwork, and stay.</source>
        <translation>Eine Seite wählen: Schrift, Logos, Codes und Formen liegen über ihrem Motiv und bleiben.</translation>
    </message>
    <message>
        <source>+ Text</source>
        <translation>+ Text</translation>
    </message>
    <message>
        <source>+ Picture …</source>
        <translation>+ Bild …</translation>
    </message>
    <message>
        <source>+ Code</source>
        <translation>+ Code</translation>
    </message>
    <message>
        <source>+ Shape</source>
        <translation>+ Form</translation>
    </message>
    <message>
        <source>Group: chosen and moved together (Ctrl+Alt+G)</source>
        <translation>Gruppieren: zusammen wählen und verschieben (Strg+Alt+G)</translation>
    </message>
    <message>
        <source>Ungroup: each on its own (Ctrl+Alt+Shift+G)</source>
        <translation>Gruppierung aufheben: jedes für sich (Strg+Alt+Umschalt+G)</translation>
    </message>
    <message>
        <source>Align left edges (one: with the panel)</source>
        <translation>Linke Kanten ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Align centres across (one: with the panel)</source>
        <translation>Waagerecht mittig ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Align right edges (one: with the panel)</source>
        <translation>Rechte Kanten ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Align upper edges (one: with the panel)</source>
        <translation>Obere Kanten ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Align middles (one: with the panel)</source>
        <translation>Senkrecht mittig ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Align lower edges (one: with the panel)</source>
        <translation>Untere Kanten ausrichten (eines: an der Seite)</translation>
    </message>
    <message>
        <source>Equal gaps across (three or more)</source>
        <translation>Gleiche Abstände waagerecht (drei oder mehr)</translation>
    </message>
    <message>
        <source>Equal gaps downwards (three or more)</source>
        <translation>Gleiche Abstände senkrecht (drei oder mehr)</translation>
    </message>
</context>
<context>
    <name>PackageFacts</name>
    <message>
        <source>Flat size</source>
        <translation>Abwicklung</translation>
    </message>
    <message>
        <source>The blank with its flaps, from cut to cut</source>
        <translation>Der Zuschnitt mit seinen Laschen, von Schnitt zu Schnitt</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Oberfläche</translation>
    </message>
    <message>
        <source>The room inside, with this board</source>
        <translation>Der Raum innen, mit diesem Karton</translation>
    </message>
    <message>
        <source>The panels that are on the blank</source>
        <translation>Die Flächen, die auf dem Zuschnitt sind</translation>
    </message>
    <message>
        <source>Front panel</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>Body panel</source>
        <translation>Mantel</translation>
    </message>
</context>
<context>
    <name>PackagePanel</name>
    <message>
        <source>Box</source>
        <translation>Schachtel</translation>
    </message>
    <message>
        <source>Cylinder</source>
        <translation>Zylinder</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Common packages</source>
        <translation>Gängige Verpackungen</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Durchmesser</translation>
    </message>
    <message>
        <source>Lock proportions</source>
        <translation>Proportionen sperren</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Manufacturing size, at mid-wall</source>
        <translation>Fertigungsmaß, Mitte der Wand</translation>
    </message>
    <message>
        <source>Manufacturing size, crease to crease</source>
        <translation>Rillmaß, von Rille zu Rille</translation>
    </message>
    <message>
        <source>Inside is smaller by the board&apos;s thickness, outside larger; Export names all three.</source>
        <translation>Innen ist es um die Kartondicke kleiner, außen größer; „Exportieren“ nennt alle drei Maße.</translation>
    </message>
    <message>
        <source>Inside size</source>
        <translation>Innenmaß</translation>
    </message>
    <message>
        <source>Outside size</source>
        <translation>Außenmaß</translation>
    </message>
    <message>
        <source>Proportions are locked: changing one side scales the others</source>
        <translation>Proportionen gesperrt: Ändert sich ein Maß, folgen die anderen</translation>
    </message>
    <message>
        <source>Lock the proportions</source>
        <translation>Proportionen sperren</translation>
    </message>
</context>
<context>
    <name>PackageView</name>
    <message>
        <source>Package in 3D</source>
        <translation>Verpackung in 3D</translation>
    </message>
    <message>
        <source>Arrow keys turn the package, plus and minus zoom, Home shows all of it.</source>
        <translation>Pfeiltasten drehen die Verpackung, Plus und Minus zoomen, Pos1 zeigt alles.</translation>
    </message>
</context>
<context>
    <name>PanelCommands</name>
    <message>
        <source>Sa&amp;me as {0}</source>
        <translation>&amp;Wie {0}</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>Bilder importieren</translation>
    </message>
    <message>
        <source>Select a panel first.</source>
        <translation>Zuerst eine Seite auswählen.</translation>
    </message>
    <message>
        <source>The panels cannot be changed now.</source>
        <translation>Die Seiten lassen sich gerade nicht ändern.</translation>
    </message>
    <message>
        <source>Select one panel only: pictures are imported from it on.</source>
        <translation>Nur eine Seite auswählen: Bilder werden ab ihr importiert.</translation>
    </message>
    <message>
        <source>The picture is not on this computer yet.</source>
        <translation>Das Bild ist noch nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>There is no artwork on these panels.</source>
        <translation>Auf diesen Seiten ist kein Motiv.</translation>
    </message>
    <message>
        <source>There is no artwork on: {0}.</source>
        <translation>Kein Motiv auf: {0}.</translation>
    </message>
    <message>
        <source>Save the panel&apos;s picture</source>
        <translation>Motiv der Seite speichern</translation>
    </message>
</context>
<context>
    <name>PanelList</name>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>PartDialog</name>
    <message>
        <source>Choose a page</source>
        <translation>Seite wählen</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>{0} pages</source>
        <translation>{0} Seiten</translation>
    </message>
    <message>
        <source>Layers that are shown</source>
        <translation>Sichtbare Ebenen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>{0} film</source>
        <translation>{0}-Film</translation>
    </message>
    <message>
        <source>{0} picture</source>
        <translation>{0}-Bild</translation>
    </message>
    <message>
        <source>{0} of these pictures exist already. Replace them?</source>
        <translation>{0} dieser Bilder gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Save pictures</source>
        <translation>Bilder speichern</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>Save pictures</source>
        <translation>Bilder speichern</translation>
    </message>
    <message>
        <source>{0} of {1} pictures</source>
        <translation>{0} von {1} Bildern</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Tick a view first.</source>
        <translation>Zuerst eine Ansicht ankreuzen.</translation>
    </message>
</context>
<context>
    <name>PictureForm</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>A full turn</source>
        <translation>Eine ganze Drehung</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Nothing behind the package</source>
        <translation>Nichts hinter der Verpackung</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>This format cannot be transparent.</source>
        <translation>Dieses Format kann nicht durchsichtig sein.</translation>
    </message>
    <message>
        <source>As the view</source>
        <translation>Wie die Ansicht</translation>
    </message>
    <message>
        <source>Screen, 1920 × 1080</source>
        <translation>Bildschirm, 1920 × 1080</translation>
    </message>
    <message>
        <source>Large screen, 3840 × 2160</source>
        <translation>Großer Bildschirm, 3840 × 2160</translation>
    </message>
    <message>
        <source>Square, 2048 × 2048</source>
        <translation>Quadrat, 2048 × 2048</translation>
    </message>
    <message>
        <source>Print, 4096 × 4096</source>
        <translation>Druck, 4096 × 4096</translation>
    </message>
    <message>
        <source>Largest, 8192 × 8192</source>
        <translation>Größtes, 8192 × 8192</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Folder of PNG pictures</source>
        <translation>Ordner mit PNG-Bildern</translation>
    </message>
</context>
<context>
    <name>PictureGrid</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>PicturePreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>PlaceForm</name>
    <message>
        <source>Corner of theirs</source>
        <translation>Ecke der fremden Stanzform</translation>
    </message>
    <message>
        <source>Corner of ours</source>
        <translation>Ecke der eigenen Stanzform</translation>
    </message>
    <message>
        <source>Moved to the right</source>
        <translation>Nach rechts verschoben</translation>
    </message>
    <message>
        <source>Moved down</source>
        <translation>Nach unten verschoben</translation>
    </message>
    <message>
        <source>Turn a quarter</source>
        <translation>Vierteldrehung</translation>
    </message>
    <message>
        <source>Mirrored (inside view)</source>
        <translation>Gespiegelt (Innenansicht)</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Their corner</source>
        <translation>Ecke fremd</translation>
    </message>
    <message>
        <source>on ours</source>
        <translation>auf eigener</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Unten</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Set by {0} in the environment.</source>
        <translation>Durch {0} in der Umgebung festgelegt.</translation>
    </message>
    <message>
        <source>Show the settings file</source>
        <translation>Einstellungsdatei zeigen</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Boxes</source>
        <translation>Schachteln</translation>
    </message>
    <message>
        <source>Cylinders</source>
        <translation>Zylinder</translation>
    </message>
</context>
<context>
    <name>PressRow</name>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Press profile</source>
        <translation>Druckprofil</translation>
    </message>
    <message>
        <source>In its inks, at most</source>
        <translation>In dessen Farben, höchstens</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Ink limit</source>
        <translation>Gesamtfarbauftrag</translation>
    </message>
</context>
<context>
    <name>PriceList</name>
    <message>
        <source>Correct prices …</source>
        <translation>Preise berichtigen …</translation>
    </message>
    <message>
        <source>Opens the file of prices in a text editor</source>
        <translation>Öffnet die Datei der Preise in einem Textprogramm</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>What cannot be used</source>
        <translation>Was nicht verwendet werden kann</translation>
    </message>
    <message>
        <source>… and {0} more.</source>
        <translation>… und {0} weitere.</translation>
    </message>
    <message>
        <source>Rows that failed</source>
        <translation>Zeilen, die misslungen sind</translation>
    </message>
    <message>
        <source>Row {0}</source>
        <translation>Zeile {0}</translation>
    </message>
    <message>
        <source>… and more: the report names them all.</source>
        <translation>… und weitere: Der Bericht nennt alle.</translation>
    </message>
    <message>
        <source>column “{0}”</source>
        <translation>Spalte „{0}“</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Generation progress</source>
        <translation>Fortschritt beim Erzeugen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop generating (Esc)</source>
        <translation>Erzeugen abbrechen (Esc)</translation>
    </message>
    <message>
        <source>Not generating any more?</source>
        <translation>Erzeugt nichts mehr?</translation>
    </message>
    <message>
        <source>Clears the mark the other program left, so that you can generate</source>
        <translation>Entfernt die Markierung des anderen Programms, damit Sie erzeugen können</translation>
    </message>
    <message>
        <source>artwork</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
    <message>
        <source>The other program has not reported for a minute</source>
        <translation>Das andere Programm meldet sich seit einer Minute nicht</translation>
    </message>
    <message>
        <source>Another program is generating {0}</source>
        <translation>Ein anderes Programm erzeugt: {0}</translation>
    </message>
    <message>
        <source>Generating …</source>
        <translation>Wird erzeugt …</translation>
    </message>
    <message>
        <source>{0} of {1} panels done</source>
        <translation>{0} von {1} Seiten fertig</translation>
    </message>
    <message>
        <source>{0} of {1} candidates done</source>
        <translation>{0} von {1} Kandidaten fertig</translation>
    </message>
    <message>
        <source>, nearly there</source>
        <translation>, gleich so weit</translation>
    </message>
    <message>
        <source>, about {0} s left</source>
        <translation>, noch etwa {0} s</translation>
    </message>
    <message>
        <source>, about {0} min left</source>
        <translation>, noch etwa {0} min</translation>
    </message>
</context>
<context>
    <name>PromptBox</name>
    <message>
        <source>Vintage floral pattern in navy and blush, “Sol Field”</source>
        <translation>Altes Blumenmuster in Marineblau und Altrosa, „Sol Field“</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>Ideen</translation>
    </message>
    <message>
        <source>Prompts of this design, and examples</source>
        <translation>Prompts dieses Entwurfs und Beispiele</translation>
    </message>
    <message>
        <source>Artwork for what is selected</source>
        <translation>Motive für die ausgewählten Seiten</translation>
    </message>
    <message>
        <source>Generate panel</source>
        <translation>Seite erzeugen</translation>
    </message>
    <message>
        <source>Generate all</source>
        <translation>Alle erzeugen</translation>
    </message>
    <message>
        <source>Artwork for every panel (Ctrl+Return)</source>
        <translation>Motive für alle Seiten (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Generate {0} panels</source>
        <translation>{0} Seiten erzeugen</translation>
    </message>
    <message>
        <source>Generate {0}</source>
        <translation>{0} erzeugen</translation>
    </message>
    <message>
        <source>{0} candidates about {1}, the others then {2}</source>
        <translation>{0} Kandidaten etwa {1}, die übrigen dann {2}</translation>
    </message>
    <message>
        <source>about {0}, all {1}</source>
        <translation>etwa {0}, alle {1}</translation>
    </message>
    <message>
        <source>all about {0}</source>
        <translation>alle etwa {0}</translation>
    </message>
    <message>
        <source>Painted on this computer: the reference picture is not looked at. Gemini does.</source>
        <translation>Auf diesem Computer gemalt: Das Referenzbild wird nicht angesehen. Gemini tut das.</translation>
    </message>
    <message>
        <source>Select a panel first</source>
        <translation>Zuerst eine Seite auswählen</translation>
    </message>
</context>
<context>
    <name>PromptIdeas</name>
    <message>
        <source>Used in this design</source>
        <translation>In diesem Entwurf verwendet</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Ordner:</translation>
    </message>
</context>
<context>
    <name>RangeDialog</name>
    <message>
        <source>Range from a table</source>
        <translation>Sortiment aus einer Tabelle</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open the contact sheet</source>
        <translation>Übersicht öffnen</translation>
    </message>
    <message>
        <source>Make range</source>
        <translation>Sortiment anlegen</translation>
    </message>
    <message>
        <source>Looking through the table …</source>
        <translation>Tabelle wird durchgesehen …</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Choose a table first.</source>
        <translation>Zuerst eine Tabelle wählen.</translation>
    </message>
    <message>
        <source>The table is being looked through.</source>
        <translation>Die Tabelle wird durchgesehen.</translation>
    </message>
    <message>
        <source>What is wrong with the table has to be mended first.</source>
        <translation>Zuerst in Ordnung bringen, was an der Tabelle nicht stimmt.</translation>
    </message>
    <message>
        <source>Tick a kind of file first.</source>
        <translation>Zuerst eine Art von Dateien ankreuzen.</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Zuerst einen Ordner wählen.</translation>
    </message>
    <message>
        <source>Say first what it may cost: as much as is told below the table.</source>
        <translation>Zuerst sagen, was es kosten darf: so viel, wie unter der Tabelle steht.</translation>
    </message>
</context>
<context>
    <name>RangeForm</name>
    <message>
        <source>Names of the files</source>
        <translation>Namen der Dateien</translation>
    </message>
    <message>
        <source>Fields of the row in braces: {brand}, {product}, {code} …, {row} for its number.</source>
        <translation>Felder der Zeile in geschweiften Klammern: {brand}, {product}, {code} …, {row} für ihre Nummer.</translation>
    </message>
    <message>
        <source>Folder for the files</source>
        <translation>Ordner für die Dateien</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Replace other files there</source>
        <translation>Andere Dateien dort ersetzen</translation>
    </message>
    <message>
        <source>Also files of another table, and such as were changed since they were made.</source>
        <translation>Auch Dateien einer anderen Tabelle und solche, die seither geändert wurden.</translation>
    </message>
    <message>
        <source>not said yet</source>
        <translation>noch nicht gesagt</translation>
    </message>
    <message>
        <source>What it may cost at most</source>
        <translation>Was es höchstens kosten darf</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>Zum Beispiel: {0}</translation>
    </message>
    <message>
        <source>Of each row</source>
        <translation>Von jeder Zeile</translation>
    </message>
</context>
<context>
    <name>RangeSource</name>
    <message>
        <source>None chosen yet: choose one, or drop it here.</source>
        <translation>Noch keine gewählt: eine wählen oder hier ablegen.</translation>
    </message>
    <message>
        <source>Choose a table …</source>
        <translation>Tabelle wählen …</translation>
    </message>
    <message>
        <source>Sheet of the workbook</source>
        <translation>Blatt der Arbeitsmappe</translation>
    </message>
    <message>
        <source>Base design</source>
        <translation>Ausgangsentwurf</translation>
    </message>
    <message>
        <source>The design in this window</source>
        <translation>Der Entwurf in diesem Fenster</translation>
    </message>
    <message>
        <source>A file …</source>
        <translation>Eine Datei …</translation>
    </message>
    <message>
        <source>Tables ({0});;All files (*)</source>
        <translation>Tabellen ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>Tabelle wählen</translation>
    </message>
    <message>
        <source>Designs (*.packdesk)</source>
        <translation>Entwürfe (*.packdesk)</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Blatt</translation>
    </message>
</context>
<context>
    <name>RangeWatch</name>
    <message>
        <source>◔ Range: {0}</source>
        <translation>◔ Sortiment: {0}</translation>
    </message>
    <message>
        <source>The range has ended: {0}</source>
        <translation>Das Sortiment ist beendet: {0}</translation>
    </message>
    <message>
        <source>Show the range</source>
        <translation>Sortiment zeigen</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt verwendet</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>ReferenceWell</name>
    <message>
        <source>Remove the reference picture</source>
        <translation>Referenzbild entfernen</translation>
    </message>
    <message>
        <source>Reference …</source>
        <translation>Referenz …</translation>
    </message>
    <message>
        <source>Reference picture: {0}</source>
        <translation>Referenzbild: {0}</translation>
    </message>
    <message>
        <source>A logo or mock-up the model is shown; drop a picture here</source>
        <translation>Logo oder Skizze als Vorbild für das Modell; Bild hier ablegen</translation>
    </message>
    <message>
        <source>Reference picture</source>
        <translation>Referenzbild</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Take {text}</source>
        <translation>{text} übernehmen</translation>
    </message>
</context>
<context>
    <name>RemarkList</name>
    <message>
        <source>Remarks</source>
        <translation>Anmerkungen</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message>
        <source>Answers of reviewers (*.json)</source>
        <translation>Antworten aus Durchsichten (*.json)</translation>
    </message>
    <message>
        <source>Open answers</source>
        <translation>Antworten öffnen</translation>
    </message>
</context>
<context>
    <name>RemarksPanel</name>
    <message>
        <source>Only open remarks</source>
        <translation>Nur offene Anmerkungen</translation>
    </message>
    <message>
        <source>Show the pins</source>
        <translation>Die Nadeln zeigen</translation>
    </message>
    <message>
        <source>Take an answer that was copied as text</source>
        <translation>Eine Antwort übernehmen, die als Text kopiert wurde</translation>
    </message>
    <message>
        <source>Open answers that came back …</source>
        <translation>Antworten öffnen, die zurückkamen …</translation>
    </message>
    <message>
        <source>Nobody has answered yet. Export a review page and send it. The answer that comes back is opened here, by File &gt; Open, or by dropping it on the window.</source>
        <translation>Noch hat niemand geantwortet. Eine Seite zur Durchsicht exportieren und verschicken. Die Antwort, die zurückkommt, wird hier geöffnet, über Datei &gt; Öffnen, oder auf dem Fenster abgelegt.</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Erwidern</translation>
    </message>
    <message>
        <source>… and {0} more. Close some to see them here.</source>
        <translation>… und {0} weitere. Einige schließen, um sie hier zu sehen.</translation>
    </message>
    <message>
        <source>Reply to remark {0}</source>
        <translation>Auf Anmerkung {0} erwidern</translation>
    </message>
    <message>
        <source>Choose a remark</source>
        <translation>Eine Anmerkung wählen</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Close remark</source>
        <translation>Anmerkung schließen</translation>
    </message>
</context>
<context>
    <name>RestorableWindow</name>
    <message>
        <source>Panels that lie over each other</source>
        <translation>Bedienfelder, die übereinander liegen</translation>
    </message>
</context>
<context>
    <name>RowPreview</name>
    <message>
        <source>The chosen row in 3D</source>
        <translation>Die gewählte Zeile in 3D</translation>
    </message>
    <message>
        <source>A row that is chosen is shown here in 3D.</source>
        <translation>Eine gewählte Zeile wird hier in 3D gezeigt.</translation>
    </message>
    <message>
        <source>Drawing the row …</source>
        <translation>Zeile wird gezeichnet …</translation>
    </message>
    <message>
        <source>{0}, for now as this computer paints it.</source>
        <translation>{0}, vorerst wie auf diesem Computer gemalt.</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>Rows of the table</source>
        <translation>Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>Each row becomes a product: the design with other words, codes, sizes and pictures</source>
        <translation>Jede Zeile einer Tabelle wird ein Produkt: der Entwurf mit anderen Worten, Codes, Maßen und Bildern</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>Gemini key</source>
        <translation>Gemini-Schlüssel</translation>
    </message>
    <message>
        <source>Spending</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>A picture costs</source>
        <translation>Ein Bild kostet</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Millimetres</source>
        <translation>Millimeter</translation>
    </message>
    <message>
        <source>Inches</source>
        <translation>Zoll</translation>
    </message>
    <message>
        <source>Shows the designs if there are several</source>
        <translation>Zeigt die Entwürfe, wenn es mehrere gibt</translation>
    </message>
    <message>
        <source>Goes on with the one used last</source>
        <translation>Macht mit dem zuletzt benutzten weiter</translation>
    </message>
    <message>
        <source>Turns the view to it if it is hidden</source>
        <translation>Dreht die Ansicht zu ihr, wenn sie verdeckt ist</translation>
    </message>
    <message>
        <source>Leaves the view as it is</source>
        <translation>Lässt die Ansicht, wie sie ist</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect after a restart.</source>
        <translation>Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Lengths in</source>
        <translation>Längen in</translation>
    </message>
    <message>
        <source>At start</source>
        <translation>Beim Start</translation>
    </message>
    <message>
        <source>Selecting a panel</source>
        <translation>Auswahl einer Seite</translation>
    </message>
    <message>
        <source>Gemini if there is a key, otherwise painted here</source>
        <translation>Gemini, wenn ein Schlüssel da ist, sonst hier gemalt</translation>
    </message>
    <message>
        <source>Painted on this computer</source>
        <translation>Auf diesem Computer gemalt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>1K, for the screen</source>
        <translation>1K, für den Bildschirm</translation>
    </message>
    <message>
        <source>2K, for small print</source>
        <translation>2K, für kleine Drucke</translation>
    </message>
    <message>
        <source>4K, for large print</source>
        <translation>4K, für große Drucke</translation>
    </message>
    <message>
        <source>The front first, the others follow it</source>
        <translation>Zuerst die Front, die anderen nach ihr</translation>
    </message>
    <message>
        <source>At the same time: faster, less alike</source>
        <translation>Gleichzeitig: schneller, weniger einheitlich</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erzeugt von</translation>
    </message>
    <message>
        <source>Gemini model</source>
        <translation>Gemini-Modell</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>At the same time</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Monthly limit</source>
        <translation>Grenze im Monat</translation>
    </message>
    <message>
        <source>Stops: what would cost more is not asked for. The month is by UTC.</source>
        <translation>Hält an: Was darüber ginge, wird nicht angefragt. Der Monat gilt nach UTC.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>Shared server</source>
        <translation>Gemeinsamer Server</translation>
    </message>
    <message>
        <source>Address of a Redis server; empty: designs stay here. Takes effect after a restart.</source>
        <translation>Adresse eines Redis-Servers; leer: Entwürfe bleiben hier. Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Port for sharing</source>
        <translation>Port zum Freigeben</translation>
    </message>
    <message>
        <source>Artwork folder</source>
        <translation>Ordner der Motive</translation>
    </message>
    <message>
        <source>Where artwork is kept, perhaps a shared folder. Takes effect after a restart.</source>
        <translation>Ablage der Motive, etwa ein gemeinsamer Ordner. Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Pictures cut to size</source>
        <translation>Zugeschnittene Bilder</translation>
    </message>
    <message>
        <source>Picture cache</source>
        <translation>Bild-Cache</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
</context>
<context>
    <name>SharingChip</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Open in the browser</source>
        <translation>Im Browser &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Stop sharing</source>
        <translation>Freigabe &amp;beenden</translation>
    </message>
    <message>
        <source>◉ Shared on this machine: {0}</source>
        <translation>◉ Auf diesem Computer freigegeben: {0}</translation>
    </message>
    <message>
        <source>Programs and pages on this machine see and change this design: {0}</source>
        <translation>Programme und Seiten auf diesem Computer sehen und ändern diesen Entwurf: {0}</translation>
    </message>
    <message>
        <source>◌ Sharing on this machine …</source>
        <translation>◌ Wird auf diesem Computer freigegeben …</translation>
    </message>
    <message>
        <source>The link is copied.</source>
        <translation>Der Link ist kopiert.</translation>
    </message>
</context>
<context>
    <name>SheetCanvas</name>
    <message>
        <source>The artwork under the blank</source>
        <translation>Das Motiv unter dem Zuschnitt</translation>
    </message>
    <message>
        <source>Arrow keys move it by 1 mm, with Shift by 0.1 mm.</source>
        <translation>Pfeiltasten verschieben es um 1 mm, mit Umschalt um 0,1 mm.</translation>
    </message>
</context>
<context>
    <name>SheetCommands</name>
    <message>
        <source>Artwork for the whole package</source>
        <translation>Motiv für die ganze Packung</translation>
    </message>
    <message>
        <source>Artwork for the whole package is one file.</source>
        <translation>Ein Motiv für die ganze Packung ist eine einzige Datei.</translation>
    </message>
    <message>
        <source>Reading {0} …</source>
        <translation>{0} wird gelesen …</translation>
    </message>
    <message>
        <source>Putting {0} on all panels …</source>
        <translation>{0} wird auf alle Seiten gelegt …</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>Template to draw on</source>
        <translation>Vorlage zum Zeichnen</translation>
    </message>
</context>
<context>
    <name>SheetDialog</name>
    <message>
        <source>Artwork for the whole package</source>
        <translation>Motiv für die ganze Packung</translation>
    </message>
    <message>
        <source>Mirrored (inside view)</source>
        <translation>Gespiegelt (Innenansicht)</translation>
    </message>
    <message>
        <source>Snap to lines</source>
        <translation>An Linien einrasten</translation>
    </message>
    <message>
        <source>Follow the file</source>
        <translation>Der Datei folgen</translation>
    </message>
    <message>
        <source>As it was found</source>
        <translation>Wie gefunden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Put on all panels</source>
        <translation>Auf alle Seiten legen</translation>
    </message>
    <message>
        <source>What is saved in it is put on all panels, lying as it does now</source>
        <translation>Was darin gespeichert wird, kommt auf alle Seiten und liegt, wie es jetzt liegt</translation>
    </message>
    <message>
        <source>From the left</source>
        <translation>Von links</translation>
    </message>
    <message>
        <source>From the top</source>
        <translation>Von oben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Turn a quarter to the left</source>
        <translation>Um ein Viertel nach links drehen</translation>
    </message>
    <message>
        <source>Turn a quarter to the right</source>
        <translation>Um ein Viertel nach rechts drehen</translation>
    </message>
    <message>
        <source>Its template is for {0}: each panel shows its piece, cropped to its size.</source>
        <translation>Seine Vorlage ist für {0}: Jede Seite zeigt ihr Stück, auf ihre Größe beschnitten.</translation>
    </message>
    <message>
        <source>All panels change in one step, which can be undone.</source>
        <translation>Alle Seiten ändern sich in einem Schritt, der sich rückgängig machen lässt.</translation>
    </message>
    <message>
        <source>Found by its template</source>
        <translation>Anhand der Vorlage gefunden</translation>
    </message>
    <message>
        <source>Found by its registration marks</source>
        <translation>Anhand der Passmarken gefunden</translation>
    </message>
    <message>
        <source>Found by its trim box</source>
        <translation>Anhand der TrimBox gefunden</translation>
    </message>
    <message>
        <source>Found by its size</source>
        <translation>Anhand der Größe gefunden</translation>
    </message>
    <message>
        <source>Found by its proportions</source>
        <translation>Anhand der Proportionen gefunden</translation>
    </message>
    <message>
        <source>Found by what is printed</source>
        <translation>Anhand des Bedruckten gefunden</translation>
    </message>
    <message>
        <source>Found by the lines in it</source>
        <translation>Anhand der Linien gefunden</translation>
    </message>
    <message>
        <source>Its place was not found</source>
        <translation>Die Lage wurde nicht gefunden</translation>
    </message>
</context>
<context>
    <name>ShelfDialog</name>
    <message>
        <source>Designs</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>Search designs</source>
        <translation>Entwürfe suchen</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Show at start</source>
        <translation>Beim Start zeigen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation>In neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>New design</source>
        <translation>Neuer Entwurf</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>open here</source>
        <translation>hier geöffnet</translation>
    </message>
    <message>
        <source>A copy of the design on {0}</source>
        <translation>Eine Kopie des Entwurfs auf {0}</translation>
    </message>
    <message>
        <source>Rename a design</source>
        <translation>Einen Entwurf umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Deleted designs stay here for 30 days.</source>
        <translation>Gelöschte Entwürfe bleiben 30 Tage hier.</translation>
    </message>
    <message>
        <source>No design has these words in its name.</source>
        <translation>Kein Entwurf hat diese Wörter im Namen.</translation>
    </message>
</context>
<context>
    <name>SideSwitch</name>
    <message>
        <source>Outside</source>
        <translation>Außen</translation>
    </message>
    <message>
        <source>The panels from outside</source>
        <translation>Die Seiten von außen</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>The panels from inside, which are printed as a second side</source>
        <translation>Die Seiten von innen, die als zweite Druckseite gedruckt werden</translation>
    </message>
</context>
<context>
    <name>SightKey</name>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Colours as on the screen</source>
        <translation>Farben wie am Bildschirm</translation>
    </message>
    <message>
        <source>Ink on {0}</source>
        <translation>Farbauftrag bei {0}</translation>
    </message>
    <message>
        <source>Colours as printed on {0}</source>
        <translation>Farben wie gedruckt bei {0}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>more than {0} %</source>
        <translation>mehr als {0} %</translation>
    </message>
    <message>
        <source>out of reach</source>
        <translation>nicht erreichbar</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>painted on this computer</source>
        <translation>auf diesem Computer gemalt</translation>
    </message>
    <message>
        <source>Artwork: {0}</source>
        <translation>Motive: {0}</translation>
    </message>
    <message>
        <source>○ Connecting …</source>
        <translation>○ Verbinden …</translation>
    </message>
    <message>
        <source>▲ The stored design cannot be read</source>
        <translation>▲ Der gespeicherte Entwurf ist nicht lesbar</translation>
    </message>
    <message>
        <source>▲ The stored design is gone</source>
        <translation>▲ Der gespeicherte Entwurf ist verschwunden</translation>
    </message>
    <message>
        <source>● Local, not shared</source>
        <translation>● Lokal, nicht geteilt</translation>
    </message>
    <message>
        <source>● Local</source>
        <translation>● Lokal</translation>
    </message>
    <message>
        <source>● Shared</source>
        <translation>● Geteilt</translation>
    </message>
    <message>
        <source>○ Offline: last known design</source>
        <translation>○ Offline: letzter bekannter Stand</translation>
    </message>
    <message>
        <source>◐ Shared, read-only for now</source>
        <translation>◐ Geteilt, zurzeit schreibgeschützt</translation>
    </message>
    <message>
        <source>◐ Local, cannot be saved now</source>
        <translation>◐ Lokal, zurzeit nicht zu speichern</translation>
    </message>
    <message>
        <source>◇ Review (read-only)</source>
        <translation>◇ Durchsicht (schreibgeschützt)</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
</context>
<context>
    <name>StructureForm</name>
    <message>
        <source>Board</source>
        <translation>Karton</translation>
    </message>
    <message>
        <source>Size set is</source>
        <translation>Maß gilt</translation>
    </message>
    <message>
        <source>Tuck lock</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Glue side</source>
        <translation>Klebeseite</translation>
    </message>
    <message>
        <source>Tuck flap</source>
        <translation>Einstecklasche</translation>
    </message>
    <message>
        <source>Thumb notch</source>
        <translation>Griffmulde</translation>
    </message>
    <message>
        <source>Print tuck flaps</source>
        <translation>Laschen bedrucken</translation>
    </message>
    <message>
        <source>Telescoping lid</source>
        <translation>Stülpdeckel</translation>
    </message>
    <message>
        <source>Label and top are a lid that goes over a tube of bare board with the bottom.</source>
        <translation>Mantel und Oberseite sind ein Deckel, der über eine unbedruckte Röhre mit dem Boden kommt.</translation>
    </message>
    <message>
        <source>Artwork goes on over tuck and dust flaps, never under glue.</source>
        <translation>Motive gehen auf Steck- und Staublaschen weiter, nie unter Klebstoff.</translation>
    </message>
    <message>
        <source>Its thickness is allowed for at every crease. Nominal: it is not.</source>
        <translation>Seine Dicke ist in jeder Rilllinie berücksichtigt. Nominal: ist sie nicht.</translation>
    </message>
    <message>
        <source>Nicks</source>
        <translation>Haltepunkte</translation>
    </message>
    <message>
        <source>Width of a nick</source>
        <translation>Breite eines Haltepunkts</translation>
    </message>
    <message>
        <source>Gaps of the knife around each piece, which hold the blank in its sheet.</source>
        <translation>Lücken im Messer um jedes Teil, die den Zuschnitt im Bogen halten.</translation>
    </message>
    <message>
        <source>Nominal</source>
        <translation>Nominal</translation>
    </message>
    <message>
        <source>Crease to crease</source>
        <translation>Rille zu Rille</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Innen</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Friction lock</source>
        <translation>Reibschluss</translation>
    </message>
    <message>
        <source>Slit lock</source>
        <translation>Schlitzverschluss</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
</context>
<context>
    <name>Supplied</name>
    <message>
        <source>Dielines (*.pdf *.ai *.svg *.svgz *.dxf)</source>
        <translation>Stanzformen (*.pdf *.ai *.svg *.svgz *.dxf)</translation>
    </message>
    <message>
        <source>Open a supplier&apos;s dieline</source>
        <translation>Stanzform des Lieferanten öffnen</translation>
    </message>
</context>
<context>
    <name>SuppliedPanel</name>
    <message>
        <source>Open another dieline …</source>
        <translation>Andere Stanzform öffnen …</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Wegnehmen</translation>
    </message>
    <message>
        <source>Open a dieline …</source>
        <translation>Stanzform öffnen …</translation>
    </message>
    <message>
        <source>Reading the file …</source>
        <translation>Datei wird gelesen …</translation>
    </message>
    <message>
        <source>Open the dieline a supplier has sent (PDF, AI, SVG or DXF). It lies over the flat view at 1:1, and every line of ours that differs from it is listed.</source>
        <translation>Die Stanzform öffnen, die ein Lieferant geschickt hat (PDF, AI, SVG oder DXF). Sie liegt 1:1 über der Abwicklung, und jede eigene Linie, die davon abweicht, steht in einer Liste.</translation>
    </message>
</context>
<context>
    <name>TakenOffRow</name>
    <message>
        <source>Put back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Leave off</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Another program took an object off this panel.</source>
        <translation>Ein anderes Programm hat ein Objekt von dieser Fläche entfernt.</translation>
    </message>
    <message>
        <source>Another program took {0} objects off this panel.</source>
        <translation>Ein anderes Programm hat {0} Objekte von dieser Fläche entfernt.</translation>
    </message>
</context>
<context>
    <name>TypingInPlace</name>
    <message>
        <source>Words on the sheet</source>
        <translation>Text auf dem Zuschnitt</translation>
    </message>
    <message>
        <source>Control with Enter, or a click beside it, keeps them.</source>
        <translation>Strg mit Eingabe oder ein Klick daneben übernimmt ihn.</translation>
    </message>
</context>
<context>
    <name>UnitSwitch</name>
    <message>
        <source>Lengths in millimetres</source>
        <translation>Längen in Millimetern</translation>
    </message>
    <message>
        <source>Lengths in inches</source>
        <translation>Längen in Zoll</translation>
    </message>
</context>
<context>
    <name>VariationRow</name>
    <message>
        <source>Another</source>
        <translation>Noch eine</translation>
    </message>
    <message>
        <source>The same words once more in another variation: what is selected, or all</source>
        <translation>Dieselben Worte noch einmal in einer anderen Variante: was gewählt ist, sonst alles</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Straight onto the panels</source>
        <translation>Gleich auf die Seiten</translation>
    </message>
    <message>
        <source>{0} pictures of the front or body to choose from; the others follow it</source>
        <translation>{0} Bilder der Front oder des Mantels zur Wahl; die anderen richten sich danach</translation>
    </message>
</context>
<context>
    <name>ViewList</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>A double click shows a saved view.</source>
        <translation>Ein Doppelklick zeigt eine gespeicherte Ansicht.</translation>
    </message>
    <message>
        <source>Name of this view</source>
        <translation>Name dieser Ansicht</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The view as it is</source>
        <translation>Die Ansicht, wie sie ist</translation>
    </message>
</context>
<context>
    <name>WayOut</name>
    <message>
        <source>Esc leaves full screen</source>
        <translation>Esc beendet das Vollbild</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Change the prompt</source>
        <translation>Prompt ändern</translation>
    </message>
    <message>
        <source>Not generating any more</source>
        <translation>Es wird nichts mehr erzeugt</translation>
    </message>
    <message>
        <source>Open the artwork in it</source>
        <translation>Die Motive darin öffnen</translation>
    </message>
    <message>
        <source>Move it aside, start anew</source>
        <translation>Beiseitelegen, neu beginnen</translation>
    </message>
    <message>
        <source>Edit a copy</source>
        <translation>Kopie bearbeiten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Paint here</source>
        <translation>Hier malen</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Try a sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Describe artwork</source>
        <translation>Motiv beschreiben</translation>
    </message>
    <message>
        <source>Import a picture</source>
        <translation>Bild importieren</translation>
    </message>
    <message>
        <source>Start your package</source>
        <translation>Neue Verpackung</translation>
    </message>
    <message>
        <source>Set its size on the left, then give every panel its artwork.</source>
        <translation>Links die Größe einstellen, dann jeder Seite ihr Motiv geben.</translation>
    </message>
</context>
<context>
    <name>WindowHelp</name>
    <message>
        <source>&lt;b&gt;packdesk {0}&lt;/b&gt;&lt;p&gt;Set a box or cylinder, have artwork made for each panel, see it in 3D.&lt;/p&gt;&lt;p&gt;MIT licence. Fonts: Hanken Grotesk and Source Serif Pro, SIL Open Font License.&lt;/p&gt;&lt;p&gt;Uses Qt and Qt for Python, copyright The Qt Company Ltd. and other contributors, unchanged and linked dynamically, under the GNU Lesser General Public License, version 3: &lt;a href=&apos;https://www.gnu.org/licenses/lgpl-3.0.html&apos;&gt;gnu.org/licenses/lgpl-3.0&lt;/a&gt;; sources: &lt;a href=&apos;https://code.qt.io&apos;&gt;code.qt.io&lt;/a&gt;.&lt;/p&gt;</source>
        <translation>&lt;b&gt;packdesk {0}&lt;/b&gt;&lt;p&gt;Schachtel oder Zylinder einstellen, für jede Seite ein Motiv erzeugen lassen, alles in 3D sehen.&lt;/p&gt;&lt;p&gt;MIT-Lizenz. Schriften: Hanken Grotesk und Source Serif Pro, SIL Open Font License.&lt;/p&gt;&lt;p&gt;Verwendet Qt und Qt for Python, Copyright The Qt Company Ltd. und andere, unverändert und dynamisch gebunden, unter der GNU Lesser General Public License, Version 3: &lt;a href=&apos;https://www.gnu.org/licenses/lgpl-3.0.html&apos;&gt;gnu.org/licenses/lgpl-3.0&lt;/a&gt;; Quelltexte: &lt;a href=&apos;https://code.qt.io&apos;&gt;code.qt.io&lt;/a&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About packdesk</source>
        <translation>Über packdesk</translation>
    </message>
</context>
<context>
    <name>WordFields</name>
    <message>
        <source>What stands on the pack, whole</source>
        <translation>Was auf der Packung steht, im Ganzen</translation>
    </message>
    <message>
        <source>Fill in sample text</source>
        <translation>Mit Beispieltext auffüllen</translation>
    </message>
    <message>
        <source>Invents what is empty: for a demonstration, not for a real pack</source>
        <translation>Erfindet, was leer ist: zum Vorführen, nicht für eine echte Packung</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Net weight</source>
        <translation>Füllmenge</translation>
    </message>
    <message>
        <source>Barcode number</source>
        <translation>Strichcode-Nr.</translation>
    </message>
    <message>
        <source>such as {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>“{0}” is quoted, but stands in no field: it will not be on the pack.</source>
        <translation>„{0}“ steht in Anführungszeichen, aber in keinem Feld: Es kommt nicht auf die Packung.</translation>
    </message>
    <message>
        <source>Words on the pack: {0}</source>
        <translation>Worte auf der Packung: {0}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>WritingRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;New design</source>
        <translation>&amp;Neuer Entwurf</translation>
    </message>
    <message>
        <source>Save design &amp;as …</source>
        <translation>Entwurf speichern &amp;unter …</translation>
    </message>
    <message>
        <source>&amp;Import picture …</source>
        <translation>Bild &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;Settings …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo {0}</source>
        <translation>&amp;Rückgängig: {0}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo {0}</source>
        <translation>&amp;Wiederholen: {0}</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>Neues Fenste&amp;r</translation>
    </message>
    <message>
        <source>&amp;Designs …</source>
        <translation>En&amp;twürfe …</translation>
    </message>
    <message>
        <source>&amp;Open a file …</source>
        <translation>Datei ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>S&amp;upplier&apos;s dieline …</source>
        <translation>Stanzform des &amp;Lieferanten …</translation>
    </message>
    <message>
        <source>Lin&amp;k to a file …</source>
        <translation>Mit Datei &amp;verknüpfen …</translation>
    </message>
    <message>
        <source>Artwork for the whole packa&amp;ge …</source>
        <translation>Motiv für die &amp;ganze Packung …</translation>
    </message>
    <message>
        <source>Save &amp;pictures …</source>
        <translation>Bilder s&amp;peichern …</translation>
    </message>
    <message>
        <source>Range &amp;from a table …</source>
        <translation>&amp;Sortiment aus einer Tabelle …</translation>
    </message>
    <message>
        <source>&amp;Template to draw on …</source>
        <translation>V&amp;orlage zum Zeichnen …</translation>
    </message>
    <message>
        <source>S&amp;hare on this machine</source>
        <translation>Auf diesem &amp;Computer freigeben</translation>
    </message>
    <message>
        <source>&amp;Copy panel&apos;s picture</source>
        <translation>Motiv &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste onto panel</source>
        <translation>Auf Seite &amp;einfügen</translation>
    </message>
    <message>
        <source>Copy &amp;view</source>
        <translation>&amp;Ansicht kopieren</translation>
    </message>
    <message>
        <source>Generate &amp;all</source>
        <translation>&amp;Alle erzeugen</translation>
    </message>
    <message>
        <source>&amp;Generate panel</source>
        <translation>&amp;Seite erzeugen</translation>
    </message>
    <message>
        <source>A&amp;nother variation</source>
        <translation>&amp;Noch eine Variante</translation>
    </message>
    <message>
        <source>Change in w&amp;ords …</source>
        <translation>In W&amp;orten ändern …</translation>
    </message>
    <message>
        <source>Ob&amp;jects on the panel</source>
        <translation>Ob&amp;jekte auf der Seite</translation>
    </message>
    <message>
        <source>&amp;Inside of panels</source>
        <translation>&amp;Innenseite</translation>
    </message>
    <message>
        <source>&amp;Cancel generating</source>
        <translation>Erzeugen a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Save panel&apos;s picture …</source>
        <translation>Motiv s&amp;peichern …</translation>
    </message>
    <message>
        <source>&amp;Turn a quarter</source>
        <translation>Um 90° &amp;drehen</translation>
    </message>
    <message>
        <source>Show &amp;whole picture</source>
        <translation>&amp;Ganzes Bild zeigen</translation>
    </message>
    <message>
        <source>&amp;Fill the panel</source>
        <translation>Seite &amp;füllen</translation>
    </message>
    <message>
        <source>Finish &amp;by area …</source>
        <translation>Veredelung na&amp;ch Fläche …</translation>
    </message>
    <message>
        <source>S&amp;how linked file</source>
        <translation>Verknüpfte Datei &amp;zeigen</translation>
    </message>
    <message>
        <source>Follow its fil&amp;e again</source>
        <translation>Der Datei wiede&amp;r folgen</translation>
    </message>
    <message>
        <source>&amp;Unlink</source>
        <translation>Verknüpfung l&amp;ösen</translation>
    </message>
    <message>
        <source>Sa&amp;me as Front</source>
        <translation>&amp;Wie Front</translation>
    </message>
    <message>
        <source>C&amp;lear panel</source>
        <translation>Seite &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Three-quarter</source>
        <translation>&amp;Dreiviertel</translation>
    </message>
    <message>
        <source>&amp;Front</source>
        <translation>&amp;Vorne</translation>
    </message>
    <message>
        <source>&amp;Right</source>
        <translation>&amp;Rechts</translation>
    </message>
    <message>
        <source>T&amp;op</source>
        <translation>&amp;Oben</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Hinten</translation>
    </message>
    <message>
        <source>&amp;Left</source>
        <translation>&amp;Links</translation>
    </message>
    <message>
        <source>Botto&amp;m</source>
        <translation>&amp;Unten</translation>
    </message>
    <message>
        <source>&amp;Perspective</source>
        <translation>&amp;Perspektive</translation>
    </message>
    <message>
        <source>T&amp;urntable</source>
        <translation>Dreh&amp;teller</translation>
    </message>
    <message>
        <source>Fold or u&amp;nfold</source>
        <translation>Auf- oder zusa&amp;mmenfalten</translation>
    </message>
    <message>
        <source>Flat &amp;view</source>
        <translation>&amp;Abwicklung</translation>
    </message>
    <message>
        <source>P&amp;ins of remarks</source>
        <translation>Nadeln der Anmer&amp;kungen</translation>
    </message>
    <message>
        <source>Flat view besid&amp;e</source>
        <translation>Abwicklung da&amp;neben</translation>
    </message>
    <message>
        <source>&amp;Colours as printed</source>
        <translation>Farben wie &amp;gedruckt</translation>
    </message>
    <message>
        <source>Colours out of reac&amp;h</source>
        <translation>Ni&amp;cht druckbare Farben</translation>
    </message>
    <message>
        <source>In&amp;k and its limit</source>
        <translation>Farbauftrag und seine Gr&amp;enze</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>Dunkles &amp;Farbschema</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Find a command …</source>
        <translation>Befehl &amp;finden …</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;About packdesk</source>
        <translation>&amp;Über packdesk</translation>
    </message>
</context>
<context>
    <name>cost</name>
    <message>
        <source>Artwork by Gemini</source>
        <translation>Motive von Gemini</translation>
    </message>
    <message>
        <source>Ask {0} for one picture?</source>
        <translation>Ein Bild bei {0} anfordern?</translation>
    </message>
    <message>
        <source>Ask {0} for {1} pictures?</source>
        <translation>{1} Bilder bei {0} anfordern?</translation>
    </message>
    <message>
        <source>You are asked once in each session.</source>
        <translation>Diese Frage kommt einmal je Sitzung.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
</context>
<context>
    <name>dropping</name>
    <message>
        <source>a copied picture</source>
        <translation>ein kopiertes Bild</translation>
    </message>
    <message>
        <source>a picture from the web</source>
        <translation>ein Bild aus dem Web</translation>
    </message>
    <message>
        <source>Colour profiles (*.icc *.icm *.ICC *.ICM)</source>
        <translation>Farbprofile (*.icc *.icm *.ICC *.ICM)</translation>
    </message>
    <message>
        <source>Choose a press profile</source>
        <translation>Druckprofil wählen</translation>
    </message>
    <message>
        <source>Pictures ({0});;All files (*)</source>
        <translation>Bilder ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG-Bild</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>For the printer, 1:1, spot inks</source>
        <translation>Für die Druckerei, 1:1, Sonderfarben</translation>
    </message>
    <message>
        <source>For drawing programs, in layers</source>
        <translation>Für Zeichenprogramme, in Ebenen</translation>
    </message>
    <message>
        <source>For cutters and CAD, lines only</source>
        <translation>Für Plotter und CAD, nur Linien</translation>
    </message>
    <message>
        <source>For die makers, lines only</source>
        <translation>Für den Stanzformbau, nur Linien</translation>
    </message>
    <message>
        <source>The flat blank as one picture</source>
        <translation>Der flache Zuschnitt als Bild</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Each panel&apos;s picture, in a ZIP</source>
        <translation>Das Bild jeder Seite, als ZIP</translation>
    </message>
    <message>
        <source>3D model in one file</source>
        <translation>3D-Modell in einer Datei</translation>
    </message>
    <message>
        <source>3D model with its pictures</source>
        <translation>3D-Modell mit seinen Bildern</translation>
    </message>
    <message>
        <source>Proof sheet</source>
        <translation>Freigabebogen</translation>
    </message>
    <message>
        <source>One page to look at and to sign</source>
        <translation>Eine Seite zum Unterschreiben</translation>
    </message>
    <message>
        <source>Review page</source>
        <translation>Prüfseite</translation>
    </message>
    <message>
        <source>To look at and answer in a browser</source>
        <translation>Im Browser ansehen und antworten</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bündel</translation>
    </message>
    <message>
        <source>The design, to keep or to send</source>
        <translation>Der Entwurf, zum Sichern und Senden</translation>
    </message>
</context>
<context>
    <name>finishes</name>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Foil</source>
        <translation>Folie</translation>
    </message>
    <message>
        <source>Spot varnish</source>
        <translation>Spotlack</translation>
    </message>
    <message>
        <source>Relief</source>
        <translation>Relief</translation>
    </message>
</context>
<context>
    <name>flat</name>
    <message>
        <source>Put on {0}</source>
        <translation>Ablegen auf: {0}</translation>
    </message>
    <message>
        <source>Artwork for the whole package</source>
        <translation>Motiv für die ganze Packung</translation>
    </message>
</context>
<context>
    <name>generations</name>
    <message>
        <source>From an earlier version</source>
        <translation>Aus einer früheren Version</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Came with a design</source>
        <translation>Mit einem Entwurf gekommen</translation>
    </message>
    <message>
        <source>Shown as a reference</source>
        <translation>Als Vorlage gezeigt</translation>
    </message>
    <message>
        <source>variation {0}</source>
        <translation>Variante {0}</translation>
    </message>
    <message>
        <source>Cost class low</source>
        <translation>Kostenklasse niedrig</translation>
    </message>
    <message>
        <source>Cost class medium</source>
        <translation>Kostenklasse mittel</translation>
    </message>
    <message>
        <source>Cost class high</source>
        <translation>Kostenklasse hoch</translation>
    </message>
    <message>
        <source>Generations</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Delete the picture?</source>
        <translation>Das Bild löschen?</translation>
    </message>
    <message>
        <source>Delete {0} pictures?</source>
        <translation>{0} Bilder löschen?</translation>
    </message>
    <message>
        <source>It cannot be brought back. Pictures on a design stay.</source>
        <translation>Das lässt sich nicht rückgängig machen. Bilder, die ein Entwurf zeigt, bleiben.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>package type</source>
        <translation>Verpackungsart</translation>
    </message>
    <message>
        <source>imported picture</source>
        <translation>importiertes Bild</translation>
    </message>
    <message>
        <source>linked picture</source>
        <translation>verknüpftes Bild</translation>
    </message>
    <message>
        <source>placement</source>
        <translation>Bildlage</translation>
    </message>
    <message>
        <source>cleared panel</source>
        <translation>geleerte Seite</translation>
    </message>
    <message>
        <source>swapped panels</source>
        <translation>vertauschte Seiten</translation>
    </message>
    <message>
        <source>copied panel</source>
        <translation>kopierte Seite</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>generated artwork</source>
        <translation>erzeugte Motive</translation>
    </message>
    <message>
        <source>new design</source>
        <translation>neuer Entwurf</translation>
    </message>
    <message>
        <source>opened design</source>
        <translation>geöffneter Entwurf</translation>
    </message>
    <message>
        <source>finish by area</source>
        <translation>Veredelung nach Fläche</translation>
    </message>
    <message>
        <source>artwork inside</source>
        <translation>Motiv innen</translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>links</name>
    <message>
        <source>{0} (page {1})</source>
        <translation>{0} (Seite {1})</translation>
    </message>
    <message>
        <source>{0}, with the whole package</source>
        <translation>{0}, mit der ganzen Packung</translation>
    </message>
    <message>
        <source>Linked to {0}, saved {1}</source>
        <translation>Verknüpft mit {0}, gespeichert {1}</translation>
    </message>
    <message>
        <source>Linked to {0}</source>
        <translation>Verknüpft mit {0}</translation>
    </message>
    <message>
        <source>A newer version is shown as soon as it is whole.</source>
        <translation>Eine neuere Fassung erscheint, sobald sie vollständig ist.</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Not up to date</source>
        <translation>Nicht aktuell</translation>
    </message>
    <message>
        <source>Link rests</source>
        <translation>Link ruht</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Artwork</source>
        <translation>&amp;Gestaltung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>Arbeit&amp;sbereich</translation>
    </message>
</context>
<context>
    <name>money</name>
    <message>
        <source>US$ {0}</source>
        <translation>{0} US$</translation>
    </message>
    <message>
        <source>About {0}: the model&apos;s price is not known, the dearest stands in.</source>
        <translation>Etwa {0}: Der Preis des Modells ist nicht bekannt, es gilt der höchste.</translation>
    </message>
    <message>
        <source>Google bills your key for it: about {0} by prices of {1}.</source>
        <translation>Google rechnet über den Schlüssel ab: etwa {0} nach Preisen vom {1}.</translation>
    </message>
    <message>
        <source>Spent this month: {0} of {1}.</source>
        <translation>Diesen Monat ausgegeben: {0} von {1}.</translation>
    </message>
    <message>
        <source>The limit does not leave room for all of them.</source>
        <translation>Die Grenze lässt nicht für alle Bilder Raum.</translation>
    </message>
    <message>
        <source>Nothing was paid for this month.</source>
        <translation>In diesem Monat wurde nichts bezahlt.</translation>
    </message>
    <message>
        <source>About {0} for one picture.</source>
        <translation>Etwa {0} für ein Bild.</translation>
    </message>
    <message>
        <source>About {0} for {1} pictures.</source>
        <translation>Etwa {0} für {1} Bilder.</translation>
    </message>
    <message>
        <source>Of this {0} were asked for without an answer: perhaps billed.</source>
        <translation>Davon {0} ohne Antwort angefragt: vielleicht berechnet.</translation>
    </message>
    <message>
        <source>A ledger that could not be read is kept as {0}; what it held is not counted.</source>
        <translation>Eine unlesbare Ausgabenliste liegt nun als {0} daneben; was darin stand, zählt nicht mit.</translation>
    </message>
    <message>
        <source>{0}, as of {1}, in US$</source>
        <translation>{0}, Stand {1}, in US$</translation>
    </message>
</context>
<context>
    <name>objects</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Objects on the panel, the topmost first</source>
        <translation>Objekte auf der Seite, das oberste zuerst</translation>
    </message>
    <message>
        <source>group {name}</source>
        <translation>Gruppe {name}</translation>
    </message>
    <message>
        <source>from {panel}</source>
        <translation>von {panel}</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Kursiv</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Leading</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Tracking</source>
        <translation>Laufweite</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Umbrechen</translation>
    </message>
    <message>
        <source>Vertical</source>
        <translation>Senkrecht</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Bar reduction</source>
        <translation>Balkenkorrektur</translation>
    </message>
    <message>
        <source>Number below</source>
        <translation>Nummer darunter</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Weißfläche</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>Gedreht</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Holds to</source>
        <translation>Hält</translation>
    </message>
    <message>
        <source>and to</source>
        <translation>und</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
    <message>
        <source>Runs on over the edge</source>
        <translation>Läuft über die Kante weiter</translation>
    </message>
    <message>
        <source>Centred</source>
        <translation>Mittig</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Justified</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Rounded</source>
        <translation>Gerundet</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Mager</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Semibold</source>
        <translation>Halbfett</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz fett</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>several</source>
        <translation>mehrere</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Type lettering where it stands</source>
        <translation>Schrift dort schreiben, wo sie steht</translation>
    </message>
    <message>
        <source>Move by 1 mm; by 0.1 mm</source>
        <translation>Um 1 mm verschieben; um 0,1 mm</translation>
    </message>
    <message>
        <source>Arrow keys; with Shift</source>
        <translation>Pfeiltasten; mit Umschalt</translation>
    </message>
    <message>
        <source>Turn by 15°; by 1°</source>
        <translation>Um 15° drehen; um 1°</translation>
    </message>
    <message>
        <source>Ctrl and left, right; with Shift</source>
        <translation>Strg und links, rechts; mit Umschalt</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppieren</translation>
    </message>
    <message>
        <source>U&amp;ngroup</source>
        <translation>Gruppierung auf&amp;heben</translation>
    </message>
    <message>
        <source>To the &amp;front</source>
        <translation>Ganz nach v&amp;orne</translation>
    </message>
    <message>
        <source>&amp;Raise</source>
        <translation>Nach &amp;vorne</translation>
    </message>
    <message>
        <source>&amp;Lower</source>
        <translation>Nach hin&amp;ten</translation>
    </message>
    <message>
        <source>To the &amp;back</source>
        <translation>Ganz nach h&amp;inten</translation>
    </message>
    <message>
        <source>Loc&amp;k</source>
        <translation>&amp;Sperren</translation>
    </message>
    <message>
        <source>Unloc&amp;k</source>
        <translation>Ent&amp;sperren</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>A&amp;usblenden</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>Einble&amp;nden</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Schutzabstand</translation>
    </message>
</context>
<context>
    <name>open</name>
    <message>
        <source>Open a design</source>
        <translation>Entwurf öffnen</translation>
    </message>
    <message>
        <source>Open “{0}” in place of the current design?</source>
        <translation>„{0}“ statt des jetzigen Entwurfs öffnen?</translation>
    </message>
    <message>
        <source>The artwork of the current design is replaced. Undo brings it back.</source>
        <translation>Die Motive des jetzigen Entwurfs werden ersetzt. „Rückgängig“ holt sie zurück.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>A copy of the present one is kept among the designs of this computer.</source>
        <translation>Eine Kopie des jetzigen bleibt unter den Entwürfen dieses Rechners.</translation>
    </message>
    <message>
        <source>New design</source>
        <translation>Neuer Entwurf</translation>
    </message>
    <message>
        <source>Begin a new design for everybody on this store?</source>
        <translation>Für alle auf diesem Server einen neuen Entwurf beginnen?</translation>
    </message>
    <message>
        <source>The present one has no artwork.</source>
        <translation>Der jetzige hat keine Motive.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Designs</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>Delete “{0}” for good?</source>
        <translation>„{0}“ endgültig löschen?</translation>
    </message>
    <message>
        <source>It cannot be brought back. Its pictures stay in Generations.</source>
        <translation>Das lässt sich nicht zurücknehmen. Die Bilder bleiben in „Alle Bilder“.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
</context>
<context>
    <name>page preview</name>
    <message>
        <source>Preview of the page</source>
        <translation>Vorschau der Seite</translation>
    </message>
    <message>
        <source>Drawing …</source>
        <translation>Wird gezeichnet …</translation>
    </message>
</context>
<context>
    <name>panels</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Generating …</source>
        <translation>Wird erzeugt …</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>Fehlt hier</translation>
    </message>
    <message>
        <source>No artwork</source>
        <translation>Ohne Motiv</translation>
    </message>
    <message>
        <source>Not on the blank</source>
        <translation>Nicht auf dem Zuschnitt</translation>
    </message>
    <message>
        <source>Converted from {0}</source>
        <translation>Umgewandelt aus {0}</translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>{0} errors</source>
        <translation>{0} Fehler</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>{0} warnings</source>
        <translation>{0} Warnungen</translation>
    </message>
    <message>
        <source>No problems found</source>
        <translation>Keine Probleme gefunden</translation>
    </message>
    <message>
        <source>Crease to crease {0}, outside {1}.</source>
        <translation>Rille zu Rille {0}, außen {1}.</translation>
    </message>
    <message>
        <source>Inside {0}, crease to crease {1}.</source>
        <translation>Innen {0}, Rille zu Rille {1}.</translation>
    </message>
    <message>
        <source>The sliders set the inside size: {0}.</source>
        <translation>Die Regler stellen das Innenmaß ein: {0}.</translation>
    </message>
    <message>
        <source>The sliders set the outside size: {0}.</source>
        <translation>Die Regler stellen das Außenmaß ein: {0}.</translation>
    </message>
    <message>
        <source>The sliders set the manufacturing size, crease to crease: {0}.</source>
        <translation>Die Regler stellen das Rillmaß ein, von Rille zu Rille: {0}.</translation>
    </message>
    <message>
        <source>The sliders set the manufacturing size, to the middle of the wall: {0}.</source>
        <translation>Die Regler stellen das Fertigungsmaß ein, bis zur Mitte der Wand: {0}.</translation>
    </message>
    <message>
        <source>Inside {0}, outside {1}.</source>
        <translation>Innen {0}, außen {1}.</translation>
    </message>
    <message>
        <source>Export although preflight found an error?</source>
        <translation>Exportieren, obwohl die Druckprüfung einen Fehler gefunden hat?</translation>
    </message>
    <message>
        <source>Export although preflight found {0} errors?</source>
        <translation>Exportieren, obwohl die Druckprüfung {0} Fehler gefunden hat?</translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation>Druckprüfung</translation>
    </message>
    <message>
        <source>What is printed from this file will not be as it is shown.</source>
        <translation>Was aus dieser Datei gedruckt wird, sieht anders aus als gezeigt.</translation>
    </message>
    <message>
        <source>Export anyway</source>
        <translation>Trotzdem exportieren</translation>
    </message>
    <message>
        <source>{0} shows the other findings again.</source>
        <translation>{0} zeigt die übrigen Befunde wieder.</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Tea box</source>
        <translation>Teeschachtel</translation>
    </message>
    <message>
        <source>Cereal box</source>
        <translation>Müslischachtel</translation>
    </message>
    <message>
        <source>Chocolate bar</source>
        <translation>Schokoladentafel</translation>
    </message>
    <message>
        <source>Wine bottle box</source>
        <translation>Weinkarton</translation>
    </message>
    <message>
        <source>Soap carton</source>
        <translation>Seifenschachtel</translation>
    </message>
    <message>
        <source>Cosmetics carton</source>
        <translation>Kosmetikschachtel</translation>
    </message>
    <message>
        <source>Perfume carton</source>
        <translation>Parfümschachtel</translation>
    </message>
    <message>
        <source>Shoe box</source>
        <translation>Schuhkarton</translation>
    </message>
    <message>
        <source>Mailer box</source>
        <translation>Versandkarton</translation>
    </message>
    <message>
        <source>Tea tin</source>
        <translation>Teedose</translation>
    </message>
    <message>
        <source>Coffee tin</source>
        <translation>Kaffeedose</translation>
    </message>
    <message>
        <source>Drinks can 330 ml</source>
        <translation>Getränkedose 330 ml</translation>
    </message>
    <message>
        <source>Candle jar</source>
        <translation>Kerzenglas</translation>
    </message>
    <message>
        <source>Cosmetic jar</source>
        <translation>Cremetiegel</translation>
    </message>
    <message>
        <source>Mailing tube</source>
        <translation>Versandrohr</translation>
    </message>
</context>
<context>
    <name>range</name>
    <message>
        <source>Brand</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Sorte</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>Strichcode</translation>
    </message>
    <message>
        <source>Motif in words</source>
        <translation>Motiv in Worten</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Verpackung</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Veredelung</translation>
    </message>
    <message>
        <source>File for the whole package</source>
        <translation>Datei für die ganze Packung</translation>
    </message>
    <message>
        <source>Name of the files</source>
        <translation>Name der Dateien</translation>
    </message>
    <message>
        <source>PDF for the printer</source>
        <translation>PDF für die Druckerei</translation>
    </message>
    <message>
        <source>Picture in 3D</source>
        <translation>Bild in 3D</translation>
    </message>
    <message>
        <source>Flat picture (PNG)</source>
        <translation>Flaches Bild (PNG)</translation>
    </message>
    <message>
        <source>3D model (GLB)</source>
        <translation>3D-Modell (GLB)</translation>
    </message>
    <message>
        <source>Proof sheet</source>
        <translation>Freigabebogen</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bündel</translation>
    </message>
    <message>
        <source>Picture: {0}</source>
        <translation>Bild: {0}</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} Zeilen</translation>
    </message>
    <message>
        <source>1 cell or row cannot be used.</source>
        <translation>1 Zelle oder Zeile kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{0} cells or rows cannot be used.</source>
        <translation>{0} Zellen oder Zeilen können nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{0}, made before: {1}</source>
        <translation>{0}, schon fertig: {1}</translation>
    </message>
    <message>
        <source>{0}, pictures to be painted: {1}</source>
        <translation>{0}, Motive zu malen: {1}</translation>
    </message>
    <message>
        <source>{0}: about {1}</source>
        <translation>{0}: etwa {1}</translation>
    </message>
    <message>
        <source>{0} of {1}: it is begun …</source>
        <translation>{0} von {1}: sie ist begonnen …</translation>
    </message>
    <message>
        <source>{0} of {1}: the first ones are begun …</source>
        <translation>{0} von {1}: die ersten sind begonnen …</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>, {0} failed</source>
        <translation>, {0} misslungen</translation>
    </message>
    <message>
        <source>, {0} left</source>
        <translation>, noch {0}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>{0} made</source>
        <translation>{0} angelegt</translation>
    </message>
    <message>
        <source>{0} made before</source>
        <translation>{0} gab es schon</translation>
    </message>
    <message>
        <source>1 file of an earlier run is no product now ({0}).</source>
        <translation>1 Datei von früher gehört zu keinem Produkt mehr ({0}).</translation>
    </message>
    <message>
        <source>{0} files of an earlier run are no product now ({1}).</source>
        <translation>{0} Dateien von früher gehören zu keinem Produkt mehr ({1}).</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} misslungen</translation>
    </message>
    <message>
        <source>Cancelled: {0}. Rows left: {1}. “Make range” goes on with them.</source>
        <translation>Abgebrochen: {0}. Übrige Zeilen: {1}. Mit „Sortiment anlegen“ geht es mit ihnen weiter.</translation>
    </message>
    <message>
        <source>{0}, in {1}.</source>
        <translation>{0}, in {1}.</translation>
    </message>
    <message>
        <source>1 row has something worth a look: see the report.</source>
        <translation>Bei 1 Zeile lohnt ein Blick: siehe Bericht.</translation>
    </message>
    <message>
        <source>{0} rows have something worth a look: see the report.</source>
        <translation>Bei {0} Zeilen lohnt ein Blick: siehe Bericht.</translation>
    </message>
    <message>
        <source>Range from a table</source>
        <translation>Sortiment aus einer Tabelle</translation>
    </message>
    <message>
        <source>A range is being made. Close the window, and end it?</source>
        <translation>Ein Sortiment wird gerade angelegt. Fenster schließen und es beenden?</translation>
    </message>
    <message>
        <source>Products that are made stay. “Make range” goes on with the rest, also tomorrow.</source>
        <translation>Fertige Produkte bleiben. Mit „Sortiment anlegen“ geht es mit den übrigen weiter, auch morgen.</translation>
    </message>
    <message>
        <source>Close and end it</source>
        <translation>Schließen und beenden</translation>
    </message>
</context>
<context>
    <name>remarks</name>
    <message>
        <source>of an earlier version</source>
        <translation>zu einem früheren Stand</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>Approved by {0}</source>
        <translation>Freigegeben von {0}</translation>
    </message>
    <message>
        <source>{0} approved an earlier version</source>
        <translation>{0} hat einen früheren Stand freigegeben</translation>
    </message>
    <message>
        <source>{0} asks for changes</source>
        <translation>{0} bittet um Änderungen</translation>
    </message>
    <message>
        <source>{0} asked for changes of an earlier version</source>
        <translation>{0} bat um Änderungen an einem früheren Stand</translation>
    </message>
    <message>
        <source>{0} has not decided</source>
        <translation>{0} hat nicht entschieden</translation>
    </message>
    <message>
        <source>{0} of {1} points checked</source>
        <translation>{0} von {1} Punkten geprüft</translation>
    </message>
    <message>
        <source>The whole</source>
        <translation>Das Ganze</translation>
    </message>
    <message>
        <source>1 open</source>
        <translation>1 offen</translation>
    </message>
    <message>
        <source>{0} open</source>
        <translation>{0} offen</translation>
    </message>
    <message>
        <source>{0} open, {1} closed</source>
        <translation>{0} offen, {1} geschlossen</translation>
    </message>
    <message>
        <source>This answer of {0} is here already.</source>
        <translation>Diese Antwort von {0} ist schon da.</translation>
    </message>
    <message>
        <source>no remarks</source>
        <translation>keine Anmerkungen</translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation>1 Anmerkung</translation>
    </message>
    <message>
        <source>{0} remarks</source>
        <translation>{0} Anmerkungen</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Anmerkungen</translation>
    </message>
</context>
<context>
    <name>saved</name>
    <message>
        <source>Saved as {0}.</source>
        <translation>Gespeichert als {0}.</translation>
    </message>
    <message>
        <source>Saved as {0}, but without artwork on: {1}.</source>
        <translation>Gespeichert als {0}, aber ohne Motiv auf: {1}.</translation>
    </message>
    <message>
        <source>Preflight lists the others.</source>
        <translation>Die übrigen nennt die Druckprüfung.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>Abgebrochen. Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>Type a number or a sum, such as 120 or 100+2*3.</source>
        <translation>Eine Zahl oder Rechnung eingeben, etwa 120 oder 100+2*3.</translation>
    </message>
    <message>
        <source>“{text}” has too large a result.</source>
        <translation>„{text}“ ergibt eine zu große Zahl.</translation>
    </message>
    <message>
        <source>“{text}” is neither a number nor a calculation.</source>
        <translation>„{text}“ ist weder eine Zahl noch eine Rechnung.</translation>
    </message>
    <message>
        <source>“{text}” divides by zero.</source>
        <translation>„{text}“ teilt durch null.</translation>
    </message>
    <message>
        <source>The package type was changed meanwhile, so it was left as it is.</source>
        <translation>Die Art der Verpackung wurde inzwischen geändert; deshalb blieb sie, wie sie ist.</translation>
    </message>
    <message>
        <source>The size was changed meanwhile, so it was left as it is.</source>
        <translation>Die Größe wurde inzwischen geändert; deshalb blieb sie, wie sie ist.</translation>
    </message>
    <message>
        <source>The artwork of the panel “{panel}” was changed meanwhile, so it was left as it is.</source>
        <translation>Das Motiv der Seite „{panel}“ wurde inzwischen geändert; deshalb blieb es, wie es ist.</translation>
    </message>
    <message>
        <source>A box cannot be laid out as a wrap.</source>
        <translation>Eine Schachtel kann kein Wickeletikett haben.</translation>
    </message>
    <message>
        <source>The {side} of {value:g} mm is out of range.</source>
        <translation>Das Maß „{side}“ von {value:g} mm ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use 0 to {limit:g} mm.</source>
        <translation>0 bis {limit:g} mm verwenden.</translation>
    </message>
    <message>
        <source>Take a thinner board or a larger package.</source>
        <translation>Dünneren Karton oder eine größere Verpackung nehmen.</translation>
    </message>
    <message>
        <source>Board of {caliper:g} mm leaves no room in a package with a side of {least:g} mm.</source>
        <translation>{caliper:g} mm dicker Karton lässt in einer Verpackung mit einer Seitenlänge von {least:g} mm keinen Platz.</translation>
    </message>
    <message>
        <source>Use box or cylinder.</source>
        <translation>Schachtel oder Zylinder verwenden.</translation>
    </message>
    <message>
        <source>“{text}” is not a package type.</source>
        <translation>„{text}“ ist keine Art von Verpackung.</translation>
    </message>
    <message>
        <source>Give a size in millimetres, such as 120.</source>
        <translation>Eine Größe in Millimetern angeben, etwa 120.</translation>
    </message>
    <message>
        <source>Give the diameter for both.</source>
        <translation>Für beide den Durchmesser angeben.</translation>
    </message>
    <message>
        <source>The {side} must be a number.</source>
        <translation>Das Maß „{side}“ muss eine Zahl sein.</translation>
    </message>
    <message>
        <source>Use a size between {least:g} and {most:g} mm.</source>
        <translation>Eine Größe von {least:g} bis {most:g} mm verwenden.</translation>
    </message>
    <message>
        <source>A cylinder is as deep as it is wide, but {width:g} and {depth:g} mm were given.</source>
        <translation>Ein Zylinder ist so tief wie breit; angegeben sind {width:g} und {depth:g} mm.</translation>
    </message>
    <message>
        <source>Artwork is being made for the current design, so no other was opened.</source>
        <translation>Für den jetzigen Entwurf entstehen gerade Motive; deshalb wurde kein anderer geöffnet.</translation>
    </message>
    <message>
        <source>The current design has artwork, so no other was opened.</source>
        <translation>Der jetzige Entwurf hat Motive; deshalb wurde kein anderer geöffnet.</translation>
    </message>
    <message>
        <source>Save it first.</source>
        <translation>Ihn zuerst sichern.</translation>
    </message>
    <message>
        <source>The stored design names artwork without saying where it is; these panels are shown bare.</source>
        <translation>Der gespeicherte Entwurf nennt Motive, sagt aber nicht, wo sie sind; diese Seiten erscheinen leer.</translation>
    </message>
    <message>
        <source>The stored depth of the cylinder differs from its width, which is shown as its diameter.</source>
        <translation>Die gespeicherte Tiefe des Zylinders weicht von seiner Breite ab; diese gilt als Durchmesser.</translation>
    </message>
    <message>
        <source>The stored size cannot be used ({sides}); the usual one stands in.</source>
        <translation>Die gespeicherte Größe ist nicht brauchbar ({sides}); dafür steht die übliche.</translation>
    </message>
    <message>
        <source>A {package} has no panel “{text}”.</source>
        <translation>Diese Verpackung ({package}) hat keine Seite „{text}“.</translation>
    </message>
    <message>
        <source>Its panels are {panels}.</source>
        <translation>Ihre Seiten sind: {panels}.</translation>
    </message>
    <message>
        <source>Artwork is pixels, lettering included: the printer needs no fonts.</source>
        <translation>Motive sind Pixel, auch ihre Schrift: Die Druckerei braucht keine Schriften.</translation>
    </message>
    <message>
        <source>Use a larger picture: {wanted_dpi:g} dpi need {width} x {height} pixels.</source>
        <translation>Ein größeres Bild verwenden: {wanted_dpi:g} dpi brauchen {width} x {height} Pixel.</translation>
    </message>
    <message>
        <source>Import it again, so that it is cut for this size.</source>
        <translation>Es noch einmal importieren, damit es für diese Größe zugeschnitten wird.</translation>
    </message>
    <message>
        <source>{width:g} x {height:g} mm</source>
        <translation>{width:g} x {height:g} mm</translation>
    </message>
    <message>
        <source>The picture of the {panel} panel is too coarse for print: {dpi} dpi.</source>
        <translation>Das Bild der Seite „{panel}“ ist zu grob für den Druck: {dpi} dpi.</translation>
    </message>
    <message>
        <source>The picture of the {panel} panel has {dpi} dpi, less than the {wanted_dpi:g} wanted.</source>
        <translation>Das Bild der Seite „{panel}“ hat {dpi} dpi, weniger als die gewünschten {wanted_dpi:g}.</translation>
    </message>
    <message>
        <source>The picture of the {panel} panel has another shape than the panel: it is stretched by {value:.0f} %.</source>
        <translation>Das Bild der Seite „{panel}“ hat eine andere Form als die Seite: Es ist um {value:.0f} % verzerrt.</translation>
    </message>
    <message>
        <source>Artwork is being made for this design.</source>
        <translation>Für diesen Entwurf entstehen gerade Motive.</translation>
    </message>
    <message>
        <source>Wait until it is done: a file exported now has the previous artwork.</source>
        <translation>Warten, bis sie fertig sind: Jetzt exportiert, hat die Datei die bisherigen Motive.</translation>
    </message>
    <message>
        <source>No panel carries artwork.</source>
        <translation>Keine Seite hat ein Motiv.</translation>
    </message>
    <message>
        <source>Generate it, or import pictures.</source>
        <translation>Motive erzeugen oder Bilder importieren.</translation>
    </message>
    <message>
        <source>Generate or import it, or leave the panel bare.</source>
        <translation>Eines erzeugen oder importieren, oder die Seite leer lassen.</translation>
    </message>
    <message>
        <source>The picture of the {panel} panel is missing, so the panel would be printed bare.</source>
        <translation>Das Bild der Seite „{panel}“ fehlt; sie würde leer gedruckt.</translation>
    </message>
    <message>
        <source>The picture of the {panel} panel was cut for {made}, but the panel has {size}.</source>
        <translation>Das Bild der Seite „{panel}“ wurde für {made} zugeschnitten, die Seite hat aber {size}.</translation>
    </message>
    <message>
        <source>The {panel} panel has no artwork.</source>
        <translation>Die Seite „{panel}“ hat kein Motiv.</translation>
    </message>
    <message>
        <source>Widen the glue flap, or enlarge the package.</source>
        <translation>Die Klebelasche verbreitern oder die Verpackung vergrößern.</translation>
    </message>
    <message>
        <source>Lettering and logos must stay {safe:g} mm inside every cut and crease. It is not checked.</source>
        <translation>Schrift und Logos müssen {safe:g} mm Abstand von jedem Schnitt und jeder Rillung halten. Das wird nicht geprüft.</translation>
    </message>
    <message>
        <source>Close the bottom: the dust flaps of left and right first, then the bottom, which hangs on the {panel}, with its tuck flap. The top likewise; it hangs on the back.</source>
        <translation>Den Boden schließen: zuerst die Staublaschen links und rechts, dann den Boden, der an der Seite „{panel}“ hängt, mit seiner Stecklasche. Der Deckel ebenso; er hängt an der Rückseite.</translation>
    </message>
    <message>
        <source>The dieline shows no safe area: lettering near an edge may be cut or folded.</source>
        <translation>Die Stanzform zeigt keinen Schutzabstand: Schrift nahe am Rand kann angeschnitten oder geknickt werden.</translation>
    </message>
    <message>
        <source>Cut and crease, then fold the walls around the front.</source>
        <translation>Schneiden und rillen, dann die Wände um die Front falten.</translation>
    </message>
    <message>
        <source>Then the flaps of the bottom, and of the top, are glued to the walls from inside.</source>
        <translation>Dann werden die Laschen von Boden und Deckel von innen an die Wände geklebt.</translation>
    </message>
    <message>
        <source>The blank has no glue flap.</source>
        <translation>Der Zuschnitt hat keine Klebelasche.</translation>
    </message>
    <message>
        <source>Give it one.</source>
        <translation>Ihm eine geben.</translation>
    </message>
    <message>
        <source>There is no room for tuck flaps, so nothing holds the lids.</source>
        <translation>Für Stecklaschen ist kein Platz; nichts hält die Deckel zu.</translation>
    </message>
    <message>
        <source>Deepen the flaps, enlarge the package, or choose the cross.</source>
        <translation>Die Laschen vertiefen, die Verpackung vergrößern oder das Kreuz wählen.</translation>
    </message>
    <message>
        <source>Use 3 mm unless the printer says otherwise.</source>
        <translation>3 mm verwenden, wenn die Druckerei nichts anderes sagt.</translation>
    </message>
    <message>
        <source>Set one; 3 mm are usual.</source>
        <translation>Einen festlegen; 3 mm sind üblich.</translation>
    </message>
    <message>
        <source>The {panel} panel measures {least:g} mm, so a safe area of {safe:g} mm leaves nothing.</source>
        <translation>Die Seite „{panel}“ misst {least:g} mm; ein Schutzabstand von {safe:g} mm lässt nichts übrig.</translation>
    </message>
    <message>
        <source>There is no room for every glue flap.</source>
        <translation>Nicht für jede Klebelasche ist Platz.</translation>
    </message>
    <message>
        <source>A glue flap is {got:.1f} mm wide; below {least:g} mm they are hard to glue.</source>
        <translation>Eine Klebelasche ist {got:.1f} mm breit; unter {least:g} mm lassen sie sich schlecht kleben.</translation>
    </message>
    <message>
        <source>Board of {value:g} mm takes up length at its creases; none is added for it.</source>
        <translation>{value:g} mm dicker Karton verliert an den Rillungen an Länge; es wird nichts zugegeben.</translation>
    </message>
    <message>
        <source>A bleed of {value:g} mm is little: white rims may show where it is cut.</source>
        <translation>Ein Beschnitt von {value:g} mm ist wenig: Am Schnitt können weiße Ränder bleiben.</translation>
    </message>
    <message>
        <source>Make the safe area smaller.</source>
        <translation>Den Schutzabstand verkleinern.</translation>
    </message>
    <message>
        <source>There is room for a glue flap of {got:.1f} mm, less than the {asked:g} mm asked for.</source>
        <translation>Platz ist für eine Klebelasche von {got:.1f} mm, weniger als die gewünschten {asked:g} mm.</translation>
    </message>
    <message>
        <source>Say what should be seen, such as “vintage floral pattern in navy and blush”.</source>
        <translation>Sagen, was zu sehen sein soll, etwa „altes Blumenmuster in Blau und Rosa“.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Ihn kürzen.</translation>
    </message>
    <message>
        <source>A prompt needs at least {least} characters.</source>
        <translation>Ein Prompt braucht mindestens {least} Zeichen.</translation>
    </message>
    <message>
        <source>The prompt has {count:,} characters; {most:,} are possible.</source>
        <translation>Der Prompt hat {count:,} Zeichen; {most:,} sind möglich.</translation>
    </message>
    <message>
        <source>“{text}” is too vague to draw.</source>
        <translation>„{text}“ ist zu unbestimmt für ein Motiv.</translation>
    </message>
    <message>
        <source>Every package has a view “{name}”.</source>
        <translation>Jede Verpackung hat eine Ansicht „{name}“.</translation>
    </message>
    <message>
        <source>Set the size again.</source>
        <translation>Die Größe noch einmal einstellen.</translation>
    </message>
    <message>
        <source>Artwork is already being generated for this design.</source>
        <translation>Für diesen Entwurf entstehen schon Motive.</translation>
    </message>
    <message>
        <source>A new design was started while artwork was being made.</source>
        <translation>Während Motive entstanden, wurde ein neuer Entwurf begonnen.</translation>
    </message>
    <message>
        <source>The package was changed to a {package} meanwhile, so the size was not applied.</source>
        <translation>Die Verpackung wurde inzwischen geändert ({package}); deshalb gilt die Größe nicht.</translation>
    </message>
    <message>
        <source>The package was changed to a {package} while artwork was being made.</source>
        <translation>Während Motive entstanden, wurde die Verpackung geändert ({package}).</translation>
    </message>
    <message>
        <source>The package was changed to a {package} meanwhile.</source>
        <translation>Die Verpackung wurde inzwischen geändert ({package}).</translation>
    </message>
    <message>
        <source>Artwork is already being generated for {panels}.</source>
        <translation>Es entstehen schon Motive für: {panels}.</translation>
    </message>
    <message>
        <source>packdesk cannot use what stands at “{place}”</source>
        <translation>packdesk kann nicht verwenden, was bei „{place}“ steht</translation>
    </message>
    <message>
        <source>The stored design cannot be read: it is not a JSON object.</source>
        <translation>Der gespeicherte Entwurf ist nicht lesbar: Er ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>This is the layout of the newer web application: box and cylinder kept apart.</source>
        <translation>So speichert die neuere Webanwendung: Schachtel und Zylinder getrennt.</translation>
    </message>
    <message>
        <source>“{place}” is missing</source>
        <translation>„{place}“ fehlt</translation>
    </message>
    <message>
        <source>The stored design is too large: {size:,} bytes.</source>
        <translation>Der gespeicherte Entwurf ist zu groß: {size:,} Bytes.</translation>
    </message>
    <message>
        <source>The stored design cannot be read: it is not valid JSON.</source>
        <translation>Der gespeicherte Entwurf ist nicht lesbar: Er ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>The stored design cannot be read: {reason}.</source>
        <translation>Der gespeicherte Entwurf ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The stored design cannot be read: it is nested too deeply.</source>
        <translation>Der gespeicherte Entwurf ist nicht lesbar: Er ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>Nothing was changed. It can be moved aside, kept under another name, to start anew.</source>
        <translation>Nichts wurde geändert. Er lässt sich beiseitelegen, unter einem anderen Namen, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>The artwork in it can be opened; the original is kept.</source>
        <translation>Die Motive darin lassen sich öffnen; das Original bleibt erhalten.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it where it was started.</source>
        <translation>Warten, bis sie fertig sind, oder dort abbrechen, wo sie begonnen wurden.</translation>
    </message>
    <message>
        <source>Its finished pictures are kept and can be applied.</source>
        <translation>Die fertigen Bilder sind aufgehoben und lassen sich übernehmen.</translation>
    </message>
    <message>
        <source>Try again. If it stays so, another program or a proxy may be answering in its place.</source>
        <translation>Noch einmal versuchen. Bleibt es so, antwortet vielleicht ein anderes Programm oder ein Proxy an seiner Stelle.</translation>
    </message>
    <message>
        <source>The finished pictures are kept. Generate again for the new package.</source>
        <translation>Die fertigen Bilder sind aufgehoben. Für die neue Verpackung noch einmal erzeugen.</translation>
    </message>
    <message>
        <source>Set it as you want it to be.</source>
        <translation>Es so einstellen, wie es sein soll.</translation>
    </message>
    <message>
        <source>To change it, open its file as the current design.</source>
        <translation>Um ihn zu ändern, seine Datei als jetzigen Entwurf öffnen.</translation>
    </message>
    <message>
        <source>Update the graphics driver.</source>
        <translation>Den Grafiktreiber aktualisieren.</translation>
    </message>
    <message>
        <source>Generate or import some first.</source>
        <translation>Zuerst welche erzeugen oder importieren.</translation>
    </message>
    <message>
        <source>Name another folder.</source>
        <translation>Einen anderen Ordner nennen.</translation>
    </message>
    <message>
        <source>{target} was not replaced: it holds other files than panels.</source>
        <translation>{target} wurde nicht ersetzt: Dort liegen andere Dateien als Seiten.</translation>
    </message>
    <message>
        <source>The sheet is too long for a PDF page: {longest:.0f} mm.</source>
        <translation>Der Bogen ist zu lang für eine PDF-Seite: {longest:.0f} mm.</translation>
    </message>
    <message>
        <source>Write SVG or DXF, or stay below {most:.0f} mm.</source>
        <translation>SVG oder DXF schreiben, oder unter {most:.0f} mm bleiben.</translation>
    </message>
    <message>
        <source>Write PDF or SVG.</source>
        <translation>PDF oder SVG schreiben.</translation>
    </message>
    <message>
        <source>A resolution of {dpi:g} dpi is not possible.</source>
        <translation>Eine Auflösung von {dpi:g} dpi ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use {least:g} to {most:g} dpi.</source>
        <translation>{least:g} bis {most:g} dpi verwenden.</translation>
    </message>
    <message>
        <source>The flat picture would be too large: {width} x {height} pixels.</source>
        <translation>Das flache Bild würde zu groß: {width} x {height} Pixel.</translation>
    </message>
    <message>
        <source>There is not enough memory for the picture.</source>
        <translation>Für das Bild reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Use a lower resolution.</source>
        <translation>Eine niedrigere Auflösung verwenden.</translation>
    </message>
    <message>
        <source>Use at most {most} dpi.</source>
        <translation>Höchstens {most} dpi verwenden.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>Eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>{folder} was not replaced: it holds other files than a model&apos;s pictures.</source>
        <translation>{folder} wurde nicht ersetzt: Dort liegen andere Dateien als die Bilder eines Modells.</translation>
    </message>
    <message>
        <source>The picture cannot be shown.</source>
        <translation>Das Bild lässt sich nicht zeigen.</translation>
    </message>
    <message>
        <source>Check the free space, or name a .webp file.</source>
        <translation>Den freien Platz prüfen oder eine .webp-Datei nennen.</translation>
    </message>
    <message>
        <source>End it in .webp or .mp4, or name a folder without a dot.</source>
        <translation>Den Namen auf .webp oder .mp4 enden lassen oder einen Ordner ohne Punkt nennen.</translation>
    </message>
    <message>
        <source>An MP4 film cannot be transparent.</source>
        <translation>Ein MP4-Film kann nicht durchsichtig sein.</translation>
    </message>
    <message>
        <source>Name a .webp file or a folder, or use another background.</source>
        <translation>Eine .webp-Datei oder einen Ordner nennen, oder einen anderen Hintergrund nehmen.</translation>
    </message>
    <message>
        <source>Use even numbers.</source>
        <translation>Gerade Zahlen verwenden.</translation>
    </message>
    <message>
        <source>Name another.</source>
        <translation>Eine andere nennen.</translation>
    </message>
    <message>
        <source>ffmpeg could not make the film: {reason}</source>
        <translation>ffmpeg konnte den Film nicht erstellen: {reason}</translation>
    </message>
    <message>
        <source>Correct the address.</source>
        <translation>Die Adresse berichtigen.</translation>
    </message>
    <message>
        <source>The certificate shown for the Gemini service is not trusted.</source>
        <translation>Dem Zertifikat, das für den Gemini-Dienst vorgezeigt wird, ist nicht zu trauen.</translation>
    </message>
    <message>
        <source>A proxy or a virus scanner may read along: ask who runs it. Also check this computer&apos;s date.</source>
        <translation>Vielleicht liest ein Proxy oder ein Virenscanner mit: fragen, wer ihn betreibt. Auch das Datum dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>The proxy does not let packdesk through to the Gemini service.</source>
        <translation>Der Proxy lässt packdesk nicht zum Gemini-Dienst durch.</translation>
    </message>
    <message>
        <source>Ask who runs it, or have artwork painted on this computer.</source>
        <translation>Fragen, wer ihn betreibt, oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>The proxy wants a user name and a password.</source>
        <translation>Der Proxy verlangt Benutzername und Passwort.</translation>
    </message>
    <message>
        <source>Write them into its address, in the settings of this system.</source>
        <translation>Beides in seine Adresse schreiben, in den Einstellungen dieses Systems.</translation>
    </message>
    <message>
        <source>Try again {when}, or generate fewer panels at once.</source>
        <translation>Es {when} noch einmal versuchen oder weniger Seiten auf einmal erzeugen.</translation>
    </message>
    <message>
        <source>Start packdesk again.</source>
        <translation>packdesk neu starten.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Den Namen prüfen.</translation>
    </message>
    <message>
        <source>Switch the package back, or discard them.</source>
        <translation>Die Verpackung zurückstellen oder sie verwerfen.</translation>
    </message>
    <message>
        <source>The reference picture was not looked at: the painter on this computer works from words.</source>
        <translation>Das Referenzbild wurde nicht angesehen: Auf diesem Computer wird nach Worten gemalt.</translation>
    </message>
    <message>
        <source>The barcode is not drawn: a model that makes pictures cannot draw exact bars.</source>
        <translation>Der Strichcode fehlt: Ein Modell, das Bilder macht, kann keine genauen Striche zeichnen.</translation>
    </message>
    <message>
        <source>The pictures are for a {made_for}, the package is a {package} now.</source>
        <translation>Die Bilder sind für eine andere Verpackung ({made_for}) als die jetzige ({package}).</translation>
    </message>
    <message>
        <source>Correct the path in the settings; it must be one on this computer.</source>
        <translation>Den Pfad in den Einstellungen berichtigen; er muss auf diesem Computer sein.</translation>
    </message>
    <message>
        <source>The file {file}, which the server&apos;s address names as {name}, is not there.</source>
        <translation>Die Datei {file}, die die Adresse des Servers als {name} nennt, gibt es nicht.</translation>
    </message>
    <message>
        <source>Name a file that ends in .packdesk.</source>
        <translation>Eine Datei nennen, die auf .packdesk endet.</translation>
    </message>
    <message>
        <source>{file} is not there, or is not a file.</source>
        <translation>{file} ist nicht vorhanden oder keine Datei.</translation>
    </message>
    <message>
        <source>packdesk goes on by itself when that is done.</source>
        <translation>packdesk macht von selbst weiter, wenn das erledigt ist.</translation>
    </message>
    <message>
        <source>packdesk goes on by itself when it is found again; or point the server&apos;s address in the settings at the primary.</source>
        <translation>packdesk macht von selbst weiter, wenn er wieder gefunden ist; oder die Serveradresse in den Einstellungen auf den Hauptserver richten.</translation>
    </message>
    <message>
        <source>Correct them in the server&apos;s address in the settings: redis://user:password@host:port/0.</source>
        <translation>Beides in der Serveradresse in den Einstellungen berichtigen: redis://name:passwort@host:port/0.</translation>
    </message>
    <message>
        <source>Write it into the server&apos;s address in the settings: redis://user:password@host:port/0, or redis://:password@host:port/0.</source>
        <translation>Es in die Serveradresse in den Einstellungen schreiben: redis://name:passwort@host:port/0 oder redis://:passwort@host:port/0.</translation>
    </message>
    <message>
        <source>Ask whoever runs the server to give it the rights packdesk needs.</source>
        <translation>Wer den Server betreibt, möge ihm die Rechte geben, die packdesk braucht.</translation>
    </message>
    <message>
        <source>The design can be looked at. To change it, point the server&apos;s address in the settings at the primary server.</source>
        <translation>Der Entwurf lässt sich ansehen. Um ihn zu ändern, die Serveradresse in den Einstellungen auf den Hauptserver richten.</translation>
    </message>
    <message>
        <source>Give it a password (requirepass in redis.conf) and write that into the server&apos;s address in the settings.</source>
        <translation>Ihm ein Passwort geben (requirepass in redis.conf) und es in die Serveradresse in den Einstellungen schreiben.</translation>
    </message>
    <message>
        <source>End the server&apos;s address in the settings in a number the server has, such as /0.</source>
        <translation>Die Serveradresse in den Einstellungen mit einer Zahl enden lassen, die der Server hat, etwa /0.</translation>
    </message>
    <message>
        <source>Name the authority&apos;s file in the server&apos;s address in the settings: rediss://…?ssl_ca_certs=/path/ca.pem.</source>
        <translation>Die Datei der Zertifizierungsstelle in der Serveradresse in den Einstellungen nennen: rediss://…?ssl_ca_certs=/pfad/ca.pem.</translation>
    </message>
    <message>
        <source>Name it in the server&apos;s address in the settings: rediss://…?ssl_certfile=/path/packdesk.pem&amp;ssl_keyfile=/path/packdesk.key.</source>
        <translation>Es in der Serveradresse in den Einstellungen nennen: rediss://…?ssl_certfile=/pfad/packdesk.pem&amp;ssl_keyfile=/pfad/packdesk.key.</translation>
    </message>
    <message>
        <source>Correct host and port in the server&apos;s address in the settings; the usual port is 6379.</source>
        <translation>Host und Port in der Serveradresse in den Einstellungen berichtigen; üblich ist Port 6379.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Etwas anderes wählen.</translation>
    </message>
    <message>
        <source>Another packdesk is finishing these pictures.</source>
        <translation>Ein anderes packdesk stellt diese Bilder gerade fertig.</translation>
    </message>
    <message>
        <source>The monthly limit of US$ {limit:,.2f} leaves no room for a picture: US$ {spent:,.2f} are spent.</source>
        <translation>Die Grenze im Monat von {limit:,.2f} US$ lässt keinen Raum für ein Bild: {spent:,.2f} US$ sind ausgegeben.</translation>
    </message>
    <message>
        <source>Choose one of those that are there.</source>
        <translation>Einen wählen, den es gibt.</translation>
    </message>
    <message>
        <source>There is no design “{name}”.</source>
        <translation>Es gibt keinen Entwurf „{name}“.</translation>
    </message>
    <message>
        <source>The design is gone for good.</source>
        <translation>Der Entwurf ist endgültig gelöscht.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Einen anderen wählen.</translation>
    </message>
    <message>
        <source>Bring it back first.</source>
        <translation>Ihn zuerst zurückholen.</translation>
    </message>
    <message>
        <source>The designs in {folder} cannot be changed.</source>
        <translation>Die Entwürfe in {folder} können nicht geändert werden.</translation>
    </message>
    <message>
        <source>The design “{name}” is in the bin.</source>
        <translation>Der Entwurf „{name}“ liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Import the picture instead.</source>
        <translation>Das Bild stattdessen importieren.</translation>
    </message>
    <message>
        <source>Nothing can be drawn before the program has started.</source>
        <translation>Nichts lässt sich zeichnen, bevor das Programm gestartet ist.</translation>
    </message>
    <message>
        <source>An MP4 film needs the program ffmpeg, which is not installed.</source>
        <translation>Ein MP4-Film braucht das Programm ffmpeg; es ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it, or name a .webp file.</source>
        <translation>Es installieren oder eine .webp-Datei nennen.</translation>
    </message>
    <message>
        <source>A turntable cannot be saved as “{name}”.</source>
        <translation>Eine Drehung lässt sich nicht als „{name}“ speichern.</translation>
    </message>
    <message>
        <source>A turn cannot take {seconds:g} seconds.</source>
        <translation>Eine Drehung kann nicht {seconds:g} Sekunden dauern.</translation>
    </message>
    <message>
        <source>Use {least:g} to {most:g}.</source>
        <translation>{least:g} bis {most:g} verwenden.</translation>
    </message>
    <message>
        <source>{count} pictures are too many for {seconds:g} seconds.</source>
        <translation>{count} Bilder sind zu viele für {seconds:g} Sekunden.</translation>
    </message>
    <message>
        <source>Use fewer frames or more seconds: at most {most} pictures a second are shown.</source>
        <translation>Weniger Bilder oder mehr Sekunden verwenden: Höchstens {most} Bilder in der Sekunde werden gezeigt.</translation>
    </message>
    <message>
        <source>An MP4 film cannot have {width} x {height} pixels.</source>
        <translation>Ein MP4-Film kann nicht {width} x {height} Pixel haben.</translation>
    </message>
    <message>
        <source>{target} was not replaced: it is not a turntable.</source>
        <translation>{target} wurde nicht ersetzt: Es ist keine Drehung.</translation>
    </message>
    <message>
        <source>A design cannot be exported as “{name}”.</source>
        <translation>Als „{name}“ lässt sich ein Entwurf nicht exportieren.</translation>
    </message>
    <message>
        <source>Use a name that ends in {endings}, or a folder name without a dot.</source>
        <translation>Einen Namen verwenden, der auf {endings} endet, oder einen Ordnernamen ohne Punkt.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>Eine Datei darin nennen.</translation>
    </message>
    <message>
        <source>{target} already exists.</source>
        <translation>{target} gibt es schon.</translation>
    </message>
    <message>
        <source>Check the folder and its free space, or name another.</source>
        <translation>Den Ordner und seinen freien Platz prüfen oder einen anderen nennen.</translation>
    </message>
    <message>
        <source>{target} is a folder.</source>
        <translation>{target} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{target} cannot be written.</source>
        <translation>{target} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Say what it may cost, or have it painted on this computer.</source>
        <translation>Sagen, was es kosten darf, oder es auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>A picture will cost about {usd:.2f} US dollars.</source>
        <translation>Ein Motiv kostet etwa {usd:.2f} US-Dollar.</translation>
    </message>
    <message>
        <source>A picture will cost about {usd:.2f} US dollars, more than the {limit:.2f} allowed.</source>
        <translation>Ein Motiv kostet etwa {usd:.2f} US-Dollar, mehr als die erlaubten {limit:.2f}.</translation>
    </message>
    <message>
        <source>Pictures are missing in the PDF: it shows {count} of {wanted}.</source>
        <translation>Im PDF fehlen Bilder: Es zeigt {count} von {wanted}.</translation>
    </message>
    <message>
        <source>Call them by what they say, such as {names}, in one row above the products.</source>
        <translation>Spalten nach ihrem Inhalt benennen, etwa {names}, in einer Zeile über den Produkten.</translation>
    </message>
    <message>
        <source>No column of the sheet “{sheet}” is a field: {names}.</source>
        <translation>Keine Spalte des Blatts „{sheet}“ ist ein Feld: {names}.</translation>
    </message>
    <message>
        <source>Take another sheet, or call its columns by what they say, such as {names}, in one row above the products.</source>
        <translation>Ein anderes Blatt wählen oder die Spalten nach ihrem Inhalt benennen, etwa {names}, in einer Zeile über den Produkten.</translation>
    </message>
    <message>
        <source>The address of the Gemini service must begin with https://.</source>
        <translation>Die Adresse des Gemini-Dienstes muss mit https:// beginnen.</translation>
    </message>
    <message>
        <source>Gemini needs a key.</source>
        <translation>Gemini braucht einen Schlüssel.</translation>
    </message>
    <message>
        <source>Enter one in the settings, or have artwork painted on this computer.</source>
        <translation>Einen in den Einstellungen eintragen oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>Google does not accept this Gemini key.</source>
        <translation>Google nimmt diesen Gemini-Schlüssel nicht an.</translation>
    </message>
    <message>
        <source>Check it in the settings, or create a new one.</source>
        <translation>Ihn in den Einstellungen prüfen oder einen neuen erstellen.</translation>
    </message>
    <message>
        <source>Choose another model in the settings.</source>
        <translation>In den Einstellungen ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The Gemini service cannot be reached.</source>
        <translation>Der Gemini-Dienst ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the network, or have artwork painted on this computer.</source>
        <translation>Das Netzwerk prüfen oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>The connection to the Gemini service broke.</source>
        <translation>Die Verbindung zum Gemini-Dienst brach ab.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again, or choose a smaller picture size in the settings.</source>
        <translation>Noch einmal versuchen oder in den Einstellungen eine kleinere Bildgröße wählen.</translation>
    </message>
    <message>
        <source>The answer of the Gemini service cannot be read.</source>
        <translation>Die Antwort des Gemini-Dienstes ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The Gemini service answered without a picture.</source>
        <translation>Der Gemini-Dienst antwortete ohne Bild.</translation>
    </message>
    <message>
        <source>Reword it: names of people and brands of others are common reasons.</source>
        <translation>Ihn anders formulieren: Oft liegt es an Namen von Personen oder fremden Marken.</translation>
    </message>
    <message>
        <source>Reword the prompt: names of people and brands of others are common reasons.</source>
        <translation>Den Prompt anders formulieren: Oft liegt es an Namen von Personen oder fremden Marken.</translation>
    </message>
    <message>
        <source>Say more plainly what should be drawn.</source>
        <translation>Deutlicher sagen, was zu sehen sein soll.</translation>
    </message>
    <message>
        <source>The Gemini address answers with a redirection, which was not followed.</source>
        <translation>Die Gemini-Adresse antwortet mit einer Umleitung; ihr wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>Check whether the network asks for a sign-in first.</source>
        <translation>Prüfen, ob das Netzwerk erst eine Anmeldung verlangt.</translation>
    </message>
    <message>
        <source>Check model and picture size in the settings.</source>
        <translation>Modell und Bildgröße in den Einstellungen prüfen.</translation>
    </message>
    <message>
        <source>The Gemini quota for this key is used up for now.</source>
        <translation>Das Gemini-Kontingent dieses Schlüssels ist vorerst verbraucht.</translation>
    </message>
    <message>
        <source>in {count} hours</source>
        <translation>in {count} Stunden</translation>
    </message>
    <message>
        <source>The Gemini service did not finish in time.</source>
        <translation>Der Gemini-Dienst wurde nicht rechtzeitig fertig.</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>In einer Minute noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Google does not know the model {model}.</source>
        <translation>Google kennt das Modell {model} nicht.</translation>
    </message>
    <message>
        <source>Gemini sent no picture within {seconds:g} seconds.</source>
        <translation>Gemini hat in {seconds:g} Sekunden kein Bild geschickt.</translation>
    </message>
    <message>
        <source>The picture from Gemini cannot be used. {sentence}</source>
        <translation>Das Bild von Gemini ist nicht brauchbar. {sentence}</translation>
    </message>
    <message>
        <source>Google refused the prompt ({reason}).</source>
        <translation>Google hat den Prompt abgelehnt ({reason}).</translation>
    </message>
    <message>
        <source>Google made no picture ({reason}).</source>
        <translation>Google hat kein Bild gemacht ({reason}).</translation>
    </message>
    <message>
        <source>Gemini answered in words instead of a picture: “{text}”.</source>
        <translation>Gemini antwortete mit Worten statt mit einem Bild: „{text}“.</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>kein Grund genannt</translation>
    </message>
    <message>
        <source>Switch on the Gemini API and billing for the key&apos;s project, or use another key.</source>
        <translation>Die Gemini API und die Abrechnung für das Projekt des Schlüssels einschalten oder einen anderen Schlüssel verwenden.</translation>
    </message>
    <message>
        <source>Google refused the request: {reason}.</source>
        <translation>Google hat die Anfrage abgelehnt: {reason}.</translation>
    </message>
    <message>
        <source>in a minute</source>
        <translation>in einer Minute</translation>
    </message>
    <message>
        <source>in {count} seconds</source>
        <translation>in {count} Sekunden</translation>
    </message>
    <message>
        <source>in {count} minutes</source>
        <translation>in {count} Minuten</translation>
    </message>
    <message>
        <source>The Gemini service failed (HTTP {code}).</source>
        <translation>Der Gemini-Dienst hatte einen Fehler (HTTP {code}).</translation>
    </message>
    <message>
        <source>This Gemini key may not use the model {model}.</source>
        <translation>Dieser Gemini-Schlüssel darf das Modell {model} nicht verwenden.</translation>
    </message>
    <message>
        <source>SSL_CERT_DIR names a folder that is not there.</source>
        <translation>SSL_CERT_DIR nennt einen Ordner, den es nicht gibt.</translation>
    </message>
    <message>
        <source>Correct the path, or remove the variable to trust what this system trusts.</source>
        <translation>Den Pfad berichtigen, oder die Variable entfernen, um dem zu trauen, dem dieses System traut.</translation>
    </message>
    <message>
        <source>Let its address begin with http://, https:// or socks5://, or remove it.</source>
        <translation>Seine Adresse mit http://, https:// oder socks5:// beginnen lassen, oder sie entfernen.</translation>
    </message>
    <message>
        <source>SSL_CERT_FILE names a file without certificates.</source>
        <translation>SSL_CERT_FILE nennt eine Datei ohne Zertifikate.</translation>
    </message>
    <message>
        <source>SSL_CERT_FILE names a file that cannot be read.</source>
        <translation>SSL_CERT_FILE nennt eine Datei, die nicht lesbar ist.</translation>
    </message>
    <message>
        <source>{variable} names a proxy of a kind packdesk cannot use.</source>
        <translation>{variable} nennt einen Proxy einer Art, die packdesk nicht verwenden kann.</translation>
    </message>
    <message>
        <source>The daily Gemini quota of this key is used up.</source>
        <translation>Das Gemini-Tageskontingent dieses Schlüssels ist verbraucht.</translation>
    </message>
    <message>
        <source>Try again tomorrow, or have artwork painted on this computer.</source>
        <translation>Es morgen noch einmal versuchen oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>The project of this Gemini key has reached its spending cap.</source>
        <translation>Das Projekt dieses Gemini-Schlüssels hat seine Ausgabengrenze erreicht.</translation>
    </message>
    <message>
        <source>Raise the cap in Google AI Studio, or have artwork painted on this computer.</source>
        <translation>Die Grenze in Google AI Studio erhöhen oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>The credit of this Gemini key is used up.</source>
        <translation>Das Guthaben dieses Gemini-Schlüssels ist verbraucht.</translation>
    </message>
    <message>
        <source>Add credit in Google AI Studio, or have artwork painted on this computer.</source>
        <translation>In Google AI Studio Guthaben aufladen oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>This Gemini key has no free quota for pictures.</source>
        <translation>Dieser Gemini-Schlüssel hat kein kostenloses Kontingent für Bilder.</translation>
    </message>
    <message>
        <source>Set up billing for the key&apos;s project in Google AI Studio, or have artwork painted on this computer.</source>
        <translation>In Google AI Studio die Abrechnung für das Projekt des Schlüssels einrichten oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>Google has blocked this Gemini key, because it was found in public.</source>
        <translation>Google hat diesen Gemini-Schlüssel gesperrt, weil er öffentlich zu finden war.</translation>
    </message>
    <message>
        <source>Create a new key in Google AI Studio and enter it in the settings.</source>
        <translation>In Google AI Studio einen neuen Schlüssel erstellen und in den Einstellungen eintragen.</translation>
    </message>
    <message>
        <source>Google has suspended this Gemini key or its project.</source>
        <translation>Google hat diesen Gemini-Schlüssel oder sein Projekt gesperrt.</translation>
    </message>
    <message>
        <source>This Gemini key has expired.</source>
        <translation>Dieser Gemini-Schlüssel ist abgelaufen.</translation>
    </message>
    <message>
        <source>Gemini is not free of charge in this country, or for this model.</source>
        <translation>Gemini ist in diesem Land oder für dieses Modell nicht kostenlos.</translation>
    </message>
    <message>
        <source>Google does not offer Gemini in the country this computer or its proxy is in.</source>
        <translation>Google bietet Gemini in dem Land nicht an, in dem dieser Computer oder sein Proxy steht.</translation>
    </message>
    <message>
        <source>Have artwork painted on this computer.</source>
        <translation>Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>The Gemini API is switched off in the project of this key.</source>
        <translation>Die Gemini API ist im Projekt dieses Schlüssels ausgeschaltet.</translation>
    </message>
    <message>
        <source>Switch it on in the Google Cloud console, and try again some minutes later.</source>
        <translation>Die API in der Google Cloud Console einschalten und es einige Minuten später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The restrictions of this Gemini key do not let packdesk use it.</source>
        <translation>Die Beschränkungen dieses Gemini-Schlüssels lassen packdesk ihn nicht verwenden.</translation>
    </message>
    <message>
        <source>Allow it in the key&apos;s restrictions in the Google Cloud console, or use another key.</source>
        <translation>packdesk in den Beschränkungen des Schlüssels in der Google Cloud Console erlauben oder einen anderen verwenden.</translation>
    </message>
    <message>
        <source>Billing is switched off for the project of this Gemini key.</source>
        <translation>Die Abrechnung für das Projekt dieses Gemini-Schlüssels ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>This is not a key: keys have letters, digits and signs, and no spaces.</source>
        <translation>Das ist kein Schlüssel: Schlüssel bestehen aus Buchstaben, Ziffern und Zeichen ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>Ihn noch einmal kopieren.</translation>
    </message>
    <message>
        <source>The picture could not be written.</source>
        <translation>Das Bild ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>The fonts for offline artwork are missing.</source>
        <translation>Die Schriften für gemalte Motive fehlen.</translation>
    </message>
    <message>
        <source>Install packdesk again.</source>
        <translation>packdesk neu installieren.</translation>
    </message>
    <message>
        <source>Offline artwork was asked for before the application was started.</source>
        <translation>Ein Motiv wurde verlangt, bevor das Programm gestartet war.</translation>
    </message>
    <message>
        <source>Painting stopped unexpectedly.</source>
        <translation>Das Malen brach unerwartet ab.</translation>
    </message>
    <message>
        <source>“{text}” stands on the {panel} panel without the characters no font has.</source>
        <translation>„{text}“ steht auf der Seite „{panel}“ ohne die Zeichen, die keine Schrift hat.</translation>
    </message>
    <message>
        <source>{count} of {total} files were not put on a panel: {names}.</source>
        <translation>{count} von {total} Dateien kamen auf keine Seite: {names}.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong.</source>
        <translation>Etwas Unerwartetes ging schief.</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Das Protokoll nennt die Einzelheiten.</translation>
    </message>
    <message>
        <source>Changes made elsewhere could not be seen for a moment.</source>
        <translation>Änderungen von anderswo waren einen Moment lang nicht zu sehen.</translation>
    </message>
    <message>
        <source>packdesk tries again by itself.</source>
        <translation>packdesk versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>No artwork for {count} of {total} panels. {reasons}</source>
        <translation>Kein Motiv für {count} von {total} Seiten. {reasons}</translation>
    </message>
    <message>
        <source>No artwork for {panels} ({count} of {total}): {reason}</source>
        <translation>Kein Motiv für {panels} ({count} von {total}): {reason}</translation>
    </message>
    <message>
        <source>{panel}: {reason}</source>
        <translation>{panel}: {reason}</translation>
    </message>
    <message>
        <source>The rest was opened. Copy it again, or ask for it again.</source>
        <translation>Der Rest wurde geöffnet. Es noch einmal kopieren oder noch einmal darum bitten.</translation>
    </message>
    <message>
        <source>Scale it down, and import it again.</source>
        <translation>Es verkleinern und noch einmal importieren.</translation>
    </message>
    <message>
        <source>The bundle is damaged: {damages}</source>
        <translation>Das Bündel ist beschädigt: {damages}</translation>
    </message>
    <message>
        <source>The picture is too large for a bundle: {size:.0f} MB.</source>
        <translation>Das Bild ist zu groß für ein Bündel: {size:.0f} MB.</translation>
    </message>
    <message>
        <source>Name a bundle, or a document as packdesk keeps it.</source>
        <translation>Ein Bündel nennen oder ein Dokument, wie packdesk es speichert.</translation>
    </message>
    <message>
        <source>The rest was opened; what was stored before is kept under another name.</source>
        <translation>Der Rest wurde geöffnet; was vorher gespeichert war, bleibt unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>That is the current design already.</source>
        <translation>Das ist schon der jetzige Entwurf.</translation>
    </message>
    <message>
        <source>Nothing has to be opened.</source>
        <translation>Es muss nichts geöffnet werden.</translation>
    </message>
    <message>
        <source>{source} holds no design packdesk can read.</source>
        <translation>{source} enthält keinen Entwurf, den packdesk lesen kann.</translation>
    </message>
    <message>
        <source>Some artwork could not be read: {damages}</source>
        <translation>Manche Motive waren nicht lesbar: {damages}</translation>
    </message>
    <message>
        <source>Name a bundle or a JSON document.</source>
        <translation>Ein Bündel oder ein JSON-Dokument nennen.</translation>
    </message>
    <message>
        <source>Check its name and permissions.</source>
        <translation>Namen und Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>Nothing is stored under “{name}”.</source>
        <translation>Unter „{name}“ ist nichts gespeichert.</translation>
    </message>
    <message>
        <source>{file} is not a file.</source>
        <translation>{file} ist keine Datei.</translation>
    </message>
    <message>
        <source>The file {file} cannot be read.</source>
        <translation>Die Datei {file} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>No panel was named.</source>
        <translation>Keine Seite wurde genannt.</translation>
    </message>
    <message>
        <source>Name at least one.</source>
        <translation>Mindestens eine nennen.</translation>
    </message>
    <message>
        <source>Another generation took over while this one was suspended, so its result was not written.</source>
        <translation>Während dieses Erzeugen angehalten war, hat ein anderes begonnen; sein Ergebnis wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>The program that was generating artwork ended before it was done.</source>
        <translation>Das Programm, das Motive erzeugte, endete vor der Zeit.</translation>
    </message>
    <message>
        <source>A design needs a name.</source>
        <translation>Ein Entwurf braucht einen Namen.</translation>
    </message>
    <message>
        <source>Write one that can be seen.</source>
        <translation>Einen schreiben, den man sehen kann.</translation>
    </message>
    <message>
        <source>Write the whole number below the bars, its check digit included.</source>
        <translation>Die ganze Nummer unter den Strichen schreiben, mit ihrer Prüfziffer.</translation>
    </message>
    <message>
        <source>Compare it with the number you were given.</source>
        <translation>Mit der zugeteilten Nummer vergleichen.</translation>
    </message>
    <message>
        <source>The barcode number “{text}” does not have 13 digits.</source>
        <translation>Die Strichcode-Nummer „{text}“ hat nicht 13 Ziffern.</translation>
    </message>
    <message>
        <source>The barcode number {text} is mistyped: by its check digit it would end in {digit}.</source>
        <translation>Die Strichcode-Nummer {text} ist vertippt: Nach ihrer Prüfziffer würde sie auf {digit} enden.</translation>
    </message>
    <message>
        <source>“{text}” has {count} characters; {most} are possible on the pack.</source>
        <translation>„{text}“ hat {count} Zeichen; {most} sind auf der Packung möglich.</translation>
    </message>
    <message>
        <source>Remove one first.</source>
        <translation>Zuerst eine entfernen.</translation>
    </message>
    <message>
        <source>There are {most} saved views already.</source>
        <translation>Es gibt schon {most} gespeicherte Ansichten.</translation>
    </message>
    <message>
        <source>A month is a year and a number, such as 2026-11.</source>
        <translation>Ein Monat besteht aus Jahr und Zahl, etwa 2026-11.</translation>
    </message>
    <message>
        <source>Write it so.</source>
        <translation>So schreiben.</translation>
    </message>
    <message>
        <source>Raise it in the settings, wait for the next month, or have artwork painted on this computer.</source>
        <translation>Die Grenze in den Einstellungen erhöhen, auf den nächsten Monat warten oder Motive auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>Check that its folder is yours and has free space, or take the monthly limit away.</source>
        <translation>Prüfen, ob der Ordner der eigene ist und Platz hat, oder die Grenze im Monat entfernen.</translation>
    </message>
    <message>
        <source>End its name in .png, .jpg or .webp.</source>
        <translation>Der Name muss auf .png, .jpg oder .webp enden.</translation>
    </message>
    <message>
        <source>A JPEG picture cannot be transparent.</source>
        <translation>Ein JPEG-Bild kann nicht durchsichtig sein.</translation>
    </message>
    <message>
        <source>Use PNG or WebP, or another background.</source>
        <translation>PNG oder WebP oder einen anderen Hintergrund verwenden.</translation>
    </message>
    <message>
        <source>A picture cannot be saved as “{name}”.</source>
        <translation>Ein Bild kann nicht als „{name}“ gespeichert werden.</translation>
    </message>
    <message>
        <source>“{text}” is not on the {panel} panel.</source>
        <translation>„{text}“ fehlt auf der Seite „{panel}“.</translation>
    </message>
    <message>
        <source>“{text}” is only {height:.1f} mm high on the {panel} panel.</source>
        <translation>„{text}“ ist auf der Seite „{panel}“ nur {height:.1f} mm hoch.</translation>
    </message>
    <message>
        <source>Try again, or choose a smaller picture.</source>
        <translation>Noch einmal versuchen oder ein kleineres Bild wählen.</translation>
    </message>
    <message>
        <source>Drawing stopped unexpectedly.</source>
        <translation>Das Zeichnen brach unerwartet ab.</translation>
    </message>
    <message>
        <source>The picture cannot be drawn: {fault}.</source>
        <translation>Das Bild kann nicht gezeichnet werden: {fault}.</translation>
    </message>
    <message>
        <source>Give at least four letters of a name in the list.</source>
        <translation>Mindestens vier Zeichen eines Namens der Liste angeben.</translation>
    </message>
    <message>
        <source>Give more of the name.</source>
        <translation>Mehr vom Namen angeben.</translation>
    </message>
    <message>
        <source>There is no picture whose name begins with “{name}”.</source>
        <translation>Kein Bild hat einen Namen, der mit „{name}“ beginnt.</translation>
    </message>
    <message>
        <source>The picture is in use, so it stays.</source>
        <translation>Das Bild wird verwendet und bleibt deshalb.</translation>
    </message>
    <message>
        <source>Take it off every design, and close the windows whose undo may bring it back.</source>
        <translation>Es aus jedem Entwurf nehmen und die Fenster schließen, deren „Rückgängig“ es zurückholen kann.</translation>
    </message>
    <message>
        <source>Another computer may use the picture, so it stays.</source>
        <translation>Ein anderer Computer verwendet das Bild vielleicht, deshalb bleibt es.</translation>
    </message>
    <message>
        <source>Remove the file from the shared folder if nobody needs it.</source>
        <translation>Die Datei aus dem gemeinsamen Ordner entfernen, wenn niemand sie braucht.</translation>
    </message>
    <message>
        <source>Connect the folder again, or check that it can be read.</source>
        <translation>Den Ordner wieder verbinden oder prüfen, ob er lesbar ist.</translation>
    </message>
    <message>
        <source>The names of several pictures begin with “{name}”.</source>
        <translation>Die Namen mehrerer Bilder beginnen mit „{name}“.</translation>
    </message>
    <message>
        <source>The pictures in {folder} cannot be listed.</source>
        <translation>Die Bilder in {folder} können nicht aufgelistet werden.</translation>
    </message>
    <message>
        <source>Check that the data folder and the texture folder can be read and are yours.</source>
        <translation>Prüfen, ob der Datenordner und der Ordner der Motive lesbar sind und Ihnen gehören.</translation>
    </message>
    <message>
        <source>The picture cannot be removed from {folder}.</source>
        <translation>Das Bild kann nicht aus {folder} entfernt werden.</translation>
    </message>
    <message>
        <source>“{text}” is quoted, but stands in no field: it is not on the pack.</source>
        <translation>„{text}“ steht in Anführungszeichen, aber in keinem Feld: Es ist nicht auf der Packung.</translation>
    </message>
    <message>
        <source>Artwork is already being generated for this design by packdesk on {host} (process {pid}).</source>
        <translation>Für diesen Entwurf erzeugt schon packdesk auf {host} Motive (Prozess {pid}).</translation>
    </message>
    <message>
        <source>Something unexpected went wrong; the log has the details.</source>
        <translation>Etwas Unerwartetes ging schief; das Protokoll nennt die Einzelheiten.</translation>
    </message>
    <message>
        <source>Generate or import one first.</source>
        <translation>Zuerst eines erzeugen oder importieren.</translation>
    </message>
    <message>
        <source>What sharing a design needs is not installed.</source>
        <translation>Was zum Freigeben eines Entwurfs nötig ist, ist nicht installiert.</translation>
    </message>
    <message>
        <source>Share it again.</source>
        <translation>Geben Sie ihn noch einmal frei.</translation>
    </message>
    <message>
        <source>The design is not shared any more: its server has ended.</source>
        <translation>Der Entwurf ist nicht mehr freigegeben: Sein Server ist beendet.</translation>
    </message>
    <message>
        <source>The server of a shared design cannot be started.</source>
        <translation>Der Server eines freigegebenen Entwurfs kann nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Close some programs.</source>
        <translation>Schließen Sie einige Programme.</translation>
    </message>
    <message>
        <source>The design cannot be shared: {reason}</source>
        <translation>Der Entwurf kann nicht freigegeben werden: {reason}</translation>
    </message>
    <message>
        <source>The troubleshooting guide says how to add it.</source>
        <translation>Die Hilfe bei Problemen sagt, wie es dazukommt.</translation>
    </message>
    <message>
        <source>Another window could not be opened.</source>
        <translation>Es konnte kein weiteres Fenster geöffnet werden.</translation>
    </message>
    <message>
        <source>Close some programs and try again.</source>
        <translation>Einige Programme schließen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Save the dieline alone, without artwork.</source>
        <translation>Die Stanzform allein speichern, ohne Motive.</translation>
    </message>
    <message>
        <source>The dieline&apos;s file is empty.</source>
        <translation>Die Datei der Stanzform ist leer.</translation>
    </message>
    <message>
        <source>This is no dieline packdesk can read.</source>
        <translation>Das ist keine Stanzform, die packdesk lesen kann.</translation>
    </message>
    <message>
        <source>This is no dieline packdesk can read but {kind}.</source>
        <translation>Das ist keine Stanzform, die packdesk lesen kann, sondern {kind}.</translation>
    </message>
    <message>
        <source>Ask for the dieline as vectors: lines, not a picture of them.</source>
        <translation>Die Stanzform als Vektoren verlangen: Linien, kein Bild davon.</translation>
    </message>
    <message>
        <source>Name the file of a dieline.</source>
        <translation>Die Datei einer Stanzform nennen.</translation>
    </message>
    <message>
        <source>A dieline&apos;s file has at most {most} MB.</source>
        <translation>Die Datei einer Stanzform hat höchstens {most} MB.</translation>
    </message>
    <message>
        <source>There are no lines in the {kind} file.</source>
        <translation>In der {kind}-Datei sind keine Linien.</translation>
    </message>
    <message>
        <source>The {kind} file has more lines than any dieline.</source>
        <translation>Die {kind}-Datei hat mehr Linien als jede Stanzform.</translation>
    </message>
    <message>
        <source>The {kind} file takes too much time or memory to be read.</source>
        <translation>Die {kind}-Datei zu lesen braucht zu viel Zeit oder Speicher.</translation>
    </message>
    <message>
        <source>Give x,y,width,height in millimetres: 10,20,30,40.</source>
        <translation>Geben Sie x,y,Breite,Höhe in Millimetern an: 10,20,30,40.</translation>
    </message>
    <message>
        <source>The rectangle has no size.</source>
        <translation>Das Rechteck hat keine Größe.</translation>
    </message>
    <message>
        <source>Make it at least 1 mm wide and high.</source>
        <translation>Machen Sie es mindestens 1 mm breit und hoch.</translation>
    </message>
    <message>
        <source>Give it in millimetres from the panel&apos;s left and upper edge.</source>
        <translation>Geben Sie es in Millimetern vom linken und oberen Rand der Seite an.</translation>
    </message>
    <message>
        <source>“{text}” is no rectangle.</source>
        <translation>„{text}“ ist kein Rechteck.</translation>
    </message>
    <message>
        <source>The rectangle is not on the panel “{panel}”, which is {width:g} × {height:g} mm.</source>
        <translation>Das Rechteck liegt nicht auf der Seite „{panel}“, die {width:g} × {height:g} mm groß ist.</translation>
    </message>
    <message>
        <source>Write one such as #aabbcc.</source>
        <translation>Eine Farbe wie #aabbcc schreiben.</translation>
    </message>
    <message>
        <source>“{text}” is not a colour.</source>
        <translation>„{text}“ ist keine Farbe.</translation>
    </message>
    <message>
        <source>A tolerance of {value:g} is not possible.</source>
        <translation>Eine Toleranz von {value:g} ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use 0 to {most:g}.</source>
        <translation>0 bis {most:g} verwenden.</translation>
    </message>
    <message>
        <source>Write name; caliper; inside loss; outside gain, in millimetres, each name once.</source>
        <translation>Name; Dicke; Innenverlust; Außenzugabe in Millimetern schreiben, jeden Namen einmal.</translation>
    </message>
    <message>
        <source>There is no board “{text}”.</source>
        <translation>Es gibt keinen Karton „{text}“.</translation>
    </message>
    <message>
        <source>Together they are the caliper; half of it each where nothing else is known.</source>
        <translation>Zusammen sind sie die Dicke; je die Hälfte, wo nichts anderes bekannt ist.</translation>
    </message>
    <message>
        <source>Board of {value:g} mm is out of range.</source>
        <translation>Karton von {value:g} mm liegt außerhalb der Grenzen.</translation>
    </message>
    <message>
        <source>Use more than 0 and at most {limit:g} mm.</source>
        <translation>Mehr als 0 und höchstens {limit:g} mm verwenden.</translation>
    </message>
    <message>
        <source>The inside loss of {loss:g} mm and the outside gain of {gain:g} mm are not a board of {caliper:g} mm.</source>
        <translation>Innenverlust von {loss:g} mm und Außenzugabe von {gain:g} mm ergeben keinen Karton von {caliper:g} mm.</translation>
    </message>
    <message>
        <source>Choose {styles}.</source>
        <translation>{styles} wählen.</translation>
    </message>
    <message>
        <source>Enlarge the package, or take a thinner board.</source>
        <translation>Die Verpackung vergrößern oder dünneren Karton nehmen.</translation>
    </message>
    <message>
        <source>The {side} of {have:g} mm is {short:.1f} mm too short for board of {caliper:g} mm.</source>
        <translation>{side}: {have:g} mm sind für Karton von {caliper:g} mm um {short:.1f} mm zu kurz.</translation>
    </message>
    <message>
        <source>Deepen the flap, or take a thinner board.</source>
        <translation>Die Lasche vertiefen oder dünneren Karton nehmen.</translation>
    </message>
    <message>
        <source>The {side} of {depth:g} mm is no deeper than its board of {caliper:g} mm.</source>
        <translation>{side}: {depth:g} mm sind nicht tiefer als der Karton von {caliper:g} mm.</translation>
    </message>
    <message>
        <source>Type #1a66b3, rgb 26 102 179, cmyk 85 50 0 10, or spot Name: cmyk 0 90 80 0.</source>
        <translation>#1a66b3, rgb 26 102 179, cmyk 85 50 0 10 oder spot Name: cmyk 0 90 80 0 eingeben.</translation>
    </message>
    <message>
        <source>Use another name: this one is too long, or means something else on a blank or in a PDF.</source>
        <translation>Einen anderen Namen verwenden: Dieser ist zu lang oder bedeutet auf einem Zuschnitt oder in einer PDF-Datei etwas anderes.</translation>
    </message>
    <message>
        <source>“{text}” is no colour.</source>
        <translation>„{text}“ ist keine Farbe.</translation>
    </message>
    <message>
        <source>An ink cannot be called “{text}”.</source>
        <translation>Eine Druckfarbe kann nicht „{text}“ heißen.</translation>
    </message>
    <message>
        <source>The objects of this panel are damaged.</source>
        <translation>Die Objekte dieser Seite sind beschädigt.</translation>
    </message>
    <message>
        <source>A code holds something.</source>
        <translation>Ein Code enthält etwas.</translation>
    </message>
    <message>
        <source>Type what it shall hold.</source>
        <translation>Eingeben, was er enthalten soll.</translation>
    </message>
    <message>
        <source>Shorten it, or let it hold an address that says the rest.</source>
        <translation>Kürzen, oder eine Adresse verwenden, unter der der Rest steht.</translation>
    </message>
    <message>
        <source>Use letters, digits and signs of a typewriter, or a QR code.</source>
        <translation>Buchstaben, Ziffern und Zeichen einer Schreibmaschine verwenden, oder einen QR-Code.</translation>
    </message>
    <message>
        <source>Write all digits; the last one, the check digit, may be left out.</source>
        <translation>Alle Ziffern eingeben; die letzte, die Prüfziffer, darf fehlen.</translation>
    </message>
    <message>
        <source>The code would hold {count} letters; {most} are the most.</source>
        <translation>Der Code enthielte {count} Zeichen; höchstens {most} sind möglich.</translation>
    </message>
    <message>
        <source>Code 128 cannot hold “{text}”.</source>
        <translation>Code 128 kann „{text}“ nicht enthalten.</translation>
    </message>
    <message>
        <source>“{text}” is no number for this code: it takes {count} digits.</source>
        <translation>„{text}“ ist keine Nummer für diesen Code: Er hat {count} Ziffern.</translation>
    </message>
    <message>
        <source>The number {text} is mistyped: with its right check digit it is {offered}.</source>
        <translation>Die Nummer {text} ist vertippt: Mit der richtigen Prüfziffer lautet sie {offered}.</translation>
    </message>
    <message>
        <source>Look at the list of objects: somebody may have removed it.</source>
        <translation>In der Liste der Objekte nachsehen: Vielleicht hat jemand es entfernt.</translation>
    </message>
    <message>
        <source>The objects of this panel are more than can be read.</source>
        <translation>Auf dieser Seite sind mehr Objekte, als gelesen werden können.</translation>
    </message>
    <message>
        <source>There is no object “{text}” on this panel.</source>
        <translation>Auf dieser Seite gibt es kein Objekt „{text}“.</translation>
    </message>
    <message>
        <source>Remove some first.</source>
        <translation>Zuerst einige entfernen.</translation>
    </message>
    <message>
        <source>A panel holds at most {most} objects.</source>
        <translation>Eine Seite trägt höchstens {most} Objekte.</translation>
    </message>
    <message>
        <source>The objects of this panel were made by a newer version of packdesk.</source>
        <translation>Die Objekte dieser Seite stammen von einer neueren Version von packdesk.</translation>
    </message>
    <message>
        <source>Update packdesk to edit them. The panel stays as it is, as a picture.</source>
        <translation>packdesk aktualisieren, um sie zu bearbeiten. Die Seite bleibt als Bild, wie sie ist.</translation>
    </message>
    <message>
        <source>“{text}” is no kind of object.</source>
        <translation>„{text}“ ist keine Art von Objekt.</translation>
    </message>
    <message>
        <source>There are {kinds}.</source>
        <translation>Es gibt {kinds}.</translation>
    </message>
    <message>
        <source>Look up what it may be: docs/objects.md.</source>
        <translation>Nachsehen, was möglich ist: docs/objects.md.</translation>
    </message>
    <message>
        <source>A {kind} has no “{text}”.</source>
        <translation>{kind} hat kein „{text}“.</translation>
    </message>
    <message>
        <source>It has {names}.</source>
        <translation>Es hat {names}.</translation>
    </message>
    <message>
        <source>“{text}” cannot be the {name} of an object.</source>
        <translation>„{text}“ kann nicht {name} eines Objekts sein.</translation>
    </message>
    <message>
        <source>The {panel} panel is not on this blank: its artwork is kept, but not printed.</source>
        <translation>Die Seite „{panel}“ ist nicht auf diesem Zuschnitt: Ihr Motiv bleibt erhalten, wird aber nicht gedruckt.</translation>
    </message>
    <message>
        <source>Choose another style to print it.</source>
        <translation>Um sie zu drucken, eine andere Faltart wählen.</translation>
    </message>
    <message>
        <source>Choose a board, and its thickness is allowed for.</source>
        <translation>Einen Karton wählen, dann ist seine Dicke berücksichtigt.</translation>
    </message>
    <message>
        <source>The discs are as wide as the tube: they neither go into it nor cover it.</source>
        <translation>Die Scheiben sind so breit wie die Röhre: Sie gehen weder hinein noch decken sie sie.</translation>
    </message>
    <message>
        <source>Close the bottom: the dust flaps of left and right first, then the flap of the front, and glue the bottom onto it. The top likewise.</source>
        <translation>Den Boden schließen: zuerst die Staublaschen links und rechts, dann die Lasche der Vorderseite, und den Boden darauf kleben. Oben ebenso.</translation>
    </message>
    <message>
        <source>There are no words on the pack yet.</source>
        <translation>Es gibt noch keine Texte auf der Packung.</translation>
    </message>
    <message>
        <source>Type brand and product beside the prompt first.</source>
        <translation>Zuerst Marke und Produkt neben der Beschreibung eingeben.</translation>
    </message>
    <message>
        <source>{count} nicks are out of range.</source>
        <translation>{count} Haltepunkte liegen außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>Use 0 to {limit} around each piece.</source>
        <translation>0 bis {limit} um jedes Teil verwenden.</translation>
    </message>
    <message>
        <source>Objects were held against the safe area of {safe:g} mm; lettering that is part of artwork was not.</source>
        <translation>Objekte wurden gegen den Sicherheitsabstand von {safe:g} mm geprüft; Schrift, die Teil eines Motivs ist, nicht.</translation>
    </message>
    <message>
        <source>Close the bottom: the dust flaps of left and right first, then the flap of the front, and glue the bottom onto it. Then the dust flaps of the top, and the top with its tuck flap.</source>
        <translation>Den Boden schließen: zuerst die Staublaschen links und rechts, dann die Lasche der Vorderseite, und den Boden darauf kleben. Dann oben die Staublaschen und der Deckel mit seiner Einstecklasche.</translation>
    </message>
    <message>
        <source>Close the bottom: the flap of the front first, then those of left and right, then that of the back, whose tongue is pushed in at the middle. Then the dust flaps of the top, and the top with its tuck flap.</source>
        <translation>Den Boden schließen: zuerst die Lasche der Vorderseite, dann die von links und rechts, dann die der Rückseite, deren Zunge in der Mitte eingesteckt wird. Dann oben die Staublaschen und der Deckel mit seiner Einstecklasche.</translation>
    </message>
    <message>
        <source>Before that, fold the flaps of the bottom in, turn the corners of the sides back, and glue their inside to the flaps of front and back: set up, the box locks its bottom by itself. Then close the dust flaps of the top, and the top with its tuck flap.</source>
        <translation>Davor die Laschen des Bodens einklappen, die Ecken der seitlichen zurückfalten und mit ihrer Innenseite auf die Laschen von Vorder- und Rückseite kleben: Beim Aufrichten verriegelt sich der Boden von selbst. Dann oben die Staublaschen schließen und den Deckel mit seiner Einstecklasche.</translation>
    </message>
    <message>
        <source>Cut and crease. Fold front and back up and their corner flaps in, the sides up, and their inner walls down over the corner flaps until the latches are in the slots of the bottom. Then close the lid: its ears go in beside the inner walls, its tuck flap behind the front.</source>
        <translation>Stanzen und rillen. Vorder- und Rückseite hochfalten und ihre Ecklaschen nach innen, dann die Seiten, und deren Innenwände über die Ecklaschen nach unten, bis die Zapfen in den Schlitzen des Bodens sitzen. Dann den Deckel schließen: Seine Ohren kommen neben die Innenwände, seine Einstecklasche hinter die Vorderseite.</translation>
    </message>
    <message>
        <source>Cut and crease two pieces: the tray with the bottom, and the lid with the top and the walls. Fold the walls of each and glue the corner flaps of front and back behind left and right. The lid goes over the tray, down to its foot.</source>
        <translation>Zwei Teile stanzen und rillen: das Unterteil mit dem Boden, und den Deckel mit Oberseite und Wänden. Die Wände falten und die Ecklaschen von Vorder- und Rückseite hinter links und rechts kleben. Der Deckel wird bis zum Fuß über das Unterteil gestülpt.</translation>
    </message>
    <message>
        <source>The sleeve is open at both ends: it is pushed over what it holds.</source>
        <translation>Die Banderole ist an beiden Enden offen: Sie wird über den Inhalt geschoben.</translation>
    </message>
    <message>
        <source>Close the bottom: the dust flaps of left and right first, then the bottom, which hangs on the front, with its tuck flap. The top likewise, before the hang tab, which stays upright.</source>
        <translation>Den Boden schließen: zuerst die Staublaschen links und rechts, dann den Boden, der an der Vorderseite hängt, mit seiner Stecklasche. Der Deckel ebenso, vor der Aufhängelasche, die stehen bleibt.</translation>
    </message>
    <message>
        <source>Cut both labels and both discs. Wrap each label with its overlap, at the left, beneath the right edge. The top disc closes the printed tube, the bottom disc the one of bare board; the printed one is the lid and goes over the other, down to its foot.</source>
        <translation>Beide Mäntel und beide Scheiben stanzen. Jeden Mantel mit seiner Überlappung, links, unter die rechte Kante legen. Die obere Scheibe schließt die bedruckte Röhre, die untere die unbedruckte; die bedruckte ist der Deckel und kommt bis zum Fuß über die andere.</translation>
    </message>
    <message>
        <source>The blank is nominal: its creases do not allow for the thickness of the board.</source>
        <translation>Der Zuschnitt ist nominal: Seine Rilllinien berücksichtigen die Dicke des Kartons nicht.</translation>
    </message>
    <message>
        <source>Cut the label and the two discs. Wrap the label with its overlap, at the left, beneath the right edge: the seam is at the back.</source>
        <translation>Etikett und beide Scheiben schneiden. Das Etikett herumlegen, die Überlappung links unter der rechten Kante: Die Naht liegt hinten.</translation>
    </message>
    <message>
        <source>The flap of the {panel} panel is glued behind the back.</source>
        <translation>Die Lasche der Seite „{panel}“ wird hinter die Rückseite geklebt.</translation>
    </message>
    <message>
        <source>Without a glue flap, tape holds the {panel} panel to the back.</source>
        <translation>Ohne Klebelasche hält Klebeband die Seite „{panel}“ an der Rückseite.</translation>
    </message>
    <message>
        <source>Where a flap is glued, artwork runs over its crease by {least:.1f} mm, not by {asked:g} mm: ink does not hold glue.</source>
        <translation>Wo eine Lasche geklebt wird, läuft das Motiv um {least:.1f} mm über die Rille, nicht um {asked:g} mm: Auf Farbe hält kein Klebstoff.</translation>
    </message>
    <message>
        <source>Turn the tabs of the discs down and glue them inside the tube, level with its rims.</source>
        <translation>Die Zungen der Scheiben umlegen und innen in die Röhre kleben, bündig mit ihren Rändern.</translation>
    </message>
    <message>
        <source>Then the discs close top and bottom.</source>
        <translation>Dann schließen die Scheiben oben und unten.</translation>
    </message>
    <message>
        <source>The artwork of the whole blank stands in PDF files as it was drawn, in others as pixels.</source>
        <translation>Das Motiv des ganzen Zuschnitts steht in PDF-Dateien, wie es gezeichnet wurde, in anderen als Pixel.</translation>
    </message>
    <message>
        <source>Embed them where it was drawn, or turn the letters into outlines, and bring it in again.</source>
        <translation>Sie im Zeichenprogramm einbetten oder die Buchstaben in Pfade umwandeln, und es neu hereinholen.</translation>
    </message>
    <message>
        <source>The artwork of the whole blank does not carry its fonts: {fonts}.</source>
        <translation>Dem Motiv des ganzen Zuschnitts fehlen seine Schriften: {fonts}.</translation>
    </message>
    <message>
        <source>A flap is glued onto the inside of the {panel} panel: {share:.0f} % of it stay without ink.</source>
        <translation>Innen auf die Seite {panel} wird eine Lasche geklebt: {share:.0f} % davon bleiben ohne Farbe.</translation>
    </message>
    <message>
        <source>Keep lettering off it.</source>
        <translation>Schrift davon fernhalten.</translation>
    </message>
    <message>
        <source>The inside is printed as a second side: the second page of a PDF, turned over left to right.</source>
        <translation>Die Innenseite wird als zweite Druckseite gedruckt: die zweite Seite eines PDF, seitlich gewendet.</translation>
    </message>
    <message>
        <source>The {panel} panel is not on this blank: what is inside is kept, but not printed.</source>
        <translation>Die Seite {panel} ist nicht auf diesem Zuschnitt: Was innen ist, bleibt erhalten, wird aber nicht gedruckt.</translation>
    </message>
    <message>
        <source>The picture inside the {panel} panel is missing, so it would be printed bare.</source>
        <translation>Das Bild innen auf der Seite {panel} fehlt, sie würde dort leer gedruckt.</translation>
    </message>
    <message>
        <source>The picture inside the {panel} panel is too coarse for print: {dpi} dpi.</source>
        <translation>Das Bild innen auf der Seite {panel} ist für den Druck zu grob: {dpi} dpi.</translation>
    </message>
    <message>
        <source>Use a larger picture.</source>
        <translation>Ein größeres Bild verwenden.</translation>
    </message>
    <message>
        <source>Make lines at least 0.1 mm wide, light ones on a dark ground 0.18 mm.</source>
        <translation>Linien mindestens 0,1 mm breit machen, helle auf dunklem Grund 0,18 mm.</translation>
    </message>
    <message>
        <source>Use at least 5 pt, or dark lettering on a light ground.</source>
        <translation>Mindestens 5 pt verwenden, oder dunkle Schrift auf hellem Grund.</translation>
    </message>
    <message>
        <source>The drawing on the {panel} panel has a line of {width:.2f} mm: it is too thin to print.</source>
        <translation>Die Zeichnung auf der Seite {panel} hat eine Linie von {width:.2f} mm: Sie ist zum Drucken zu dünn.</translation>
    </message>
    <message>
        <source>The drawing on the {panel} panel has light lettering of {size:.1f} pt: it may fill in.</source>
        <translation>Die Zeichnung auf der Seite {panel} hat helle Schrift von {size:.1f} pt: Sie kann zulaufen.</translation>
    </message>
    <message>
        <source>Words in the pictures were looked for, as far as a program can read them.</source>
        <translation>Wörter in den Bildern wurden gesucht, soweit ein Programm sie lesen kann.</translation>
    </message>
    <message>
        <source>Have it fill the panel, or leave the board bare all around.</source>
        <translation>Die Seite füllen lassen, oder den Karton ringsum frei lassen.</translation>
    </message>
    <message>
        <source>Make them at least 0.18 mm (half a point) wide, or the ground of one ink.</source>
        <translation>Mindestens 0,18 mm (einen halben Punkt) breit machen, oder den Grund aus einer Farbe.</translation>
    </message>
    <message>
        <source>The artwork of the {panel} panel does not reach all of its edge, nor the bleed beyond.</source>
        <translation>Das Motiv der Seite „{panel}“ reicht nicht überall bis an ihren Rand und in den Beschnitt.</translation>
    </message>
    <message>
        <source>Thin light lines or small light lettering on the {panel} panel may fill in: their ground is dark, of several inks.</source>
        <translation>Dünne helle Linien oder kleine helle Schrift auf der Seite „{panel}“ können zulaufen: Der Grund ist dunkel und aus mehreren Farben.</translation>
    </message>
    <message>
        <source>Move it inwards: it may be cut or folded.</source>
        <translation>Nach innen rücken: Sonst wird es angeschnitten oder gefaltet.</translation>
    </message>
    <message>
        <source>“{words}” on the {panel} panel is {inside:.1f} mm from an edge; {safe:g} mm are safe.</source>
        <translation>„{words}“ auf der Seite „{panel}“ steht {inside:.1f} mm vom Rand; sicher sind {safe:g} mm.</translation>
    </message>
    <message>
        <source>“{text}” reaches over the edge of its panel, and is cut off there.</source>
        <translation>„{text}“ reicht über den Rand der Seite und wird dort abgeschnitten.</translation>
    </message>
    <message>
        <source>“{text}” is {distance:.1f} mm from an edge or a crease.</source>
        <translation>„{text}“ ist {distance:.1f} mm von einem Rand oder einer Rille entfernt.</translation>
    </message>
    <message>
        <source>Move it {safe:g} mm away.</source>
        <translation>{safe:g} mm wegrücken.</translation>
    </message>
    <message>
        <source>“{text}” is only {size:g} pt high.</source>
        <translation>„{text}“ ist nur {size:g} pt groß.</translation>
    </message>
    <message>
        <source>“{text}” has {fields} in it, which only a range fills in.</source>
        <translation>„{text}“ enthält {fields}; das füllt nur ein Sortiment aus.</translation>
    </message>
    <message>
        <source>“{text}” has letters no typeface here can draw: {letters}.</source>
        <translation>„{text}“ hat Zeichen, die hier keine Schrift zeichnen kann: {letters}.</translation>
    </message>
    <message>
        <source>“{text}” is set in {there}, as {wanted} is not on this computer.</source>
        <translation>„{text}“ ist aus {there} gesetzt, denn {wanted} gibt es auf diesem Rechner nicht.</translation>
    </message>
    <message>
        <source>“{text}” is higher than its box.</source>
        <translation>„{text}“ ist höher als sein Rahmen.</translation>
    </message>
    <message>
        <source>“{text}” hardly differs from what is behind it.</source>
        <translation>„{text}“ hebt sich kaum vom Hintergrund ab.</translation>
    </message>
    <message>
        <source>The code “{text}” is smaller than warehouses read.</source>
        <translation>Der Code „{text}“ ist kleiner, als Lager ihn lesen.</translation>
    </message>
    <message>
        <source>Something lies over the code “{text}” or the white around it.</source>
        <translation>Etwas liegt über dem Code „{text}“ oder seiner Ruhezone.</translation>
    </message>
    <message>
        <source>The code “{text}” cannot be read on its panel.</source>
        <translation>Der Code „{text}“ kann auf seiner Seite nicht gelesen werden.</translation>
    </message>
    <message>
        <source>A line of {width:g} mm is too thin to print.</source>
        <translation>Eine Linie von {width:g} mm ist zu dünn zum Drucken.</translation>
    </message>
    <message>
        <source>Move it, or make it smaller.</source>
        <translation>Verschieben oder verkleinern.</translation>
    </message>
    <message>
        <source>Use at least 5 pt.</source>
        <translation>Mindestens 5 pt nehmen.</translation>
    </message>
    <message>
        <source>Type what stands there, or make a range of a table.</source>
        <translation>Den Text eingeben oder aus einer Tabelle ein Sortiment anlegen.</translation>
    </message>
    <message>
        <source>Take them out, or use another typeface.</source>
        <translation>Herausnehmen oder eine andere Schrift nehmen.</translation>
    </message>
    <message>
        <source>Install it and set the text again, or choose another.</source>
        <translation>Sie installieren und den Text neu setzen oder eine andere wählen.</translation>
    </message>
    <message>
        <source>Make the box higher, so that nothing is put below.</source>
        <translation>Den Rahmen höher machen, damit nichts darunter gesetzt wird.</translation>
    </message>
    <message>
        <source>Use another colour, or lay a plate below it.</source>
        <translation>Eine andere Farbe nehmen oder eine Form darunterlegen.</translation>
    </message>
    <message>
        <source>Move it away, choose another folder, or have its files replaced.</source>
        <translation>Die Datei verschieben, einen anderen Ordner wählen oder seine Dateien ersetzen lassen.</translation>
    </message>
    <message>
        <source>The barcode was not read back: what reads codes is not installed.</source>
        <translation>Der Strichcode wurde nicht zurückgelesen: Was Codes liest, ist nicht installiert.</translation>
    </message>
    <message>
        <source>Choose another folder, or have its files replaced.</source>
        <translation>Einen anderen Ordner wählen oder seine Dateien ersetzen lassen.</translation>
    </message>
    <message>
        <source>Use a magnification of at least 100 %.</source>
        <translation>Eine Vergrößerung von mindestens 100 % nehmen.</translation>
    </message>
    <message>
        <source>Move it away.</source>
        <translation>Zur Seite schieben.</translation>
    </message>
    <message>
        <source>Make it larger or darker, and keep the white around it free.</source>
        <translation>Größer oder dunkler machen und das Weiß darum freihalten.</translation>
    </message>
    <message>
        <source>Make it at least 0.1 mm.</source>
        <translation>Mindestens 0,1 mm nehmen.</translation>
    </message>
    <message>
        <source>No press profile is chosen: pictures are sRGB, and the printer&apos;s program converts them.</source>
        <translation>Kein Druckprofil ist gewählt: Bilder sind sRGB, und das Programm der Druckerei wandelt sie um.</translation>
    </message>
    <message>
        <source>Choose the profile the printer names, to see the colours as printed and the ink.</source>
        <translation>Das Profil wählen, das die Druckerei nennt, um Farben wie gedruckt und den Farbauftrag zu sehen.</translation>
    </message>
    <message>
        <source>Pictures stay RGB in the PDF: the printer&apos;s program converts them.</source>
        <translation>Bilder bleiben in der PDF-Datei RGB: Das Programm der Druckerei wandelt sie um.</translation>
    </message>
    <message>
        <source>Convert them here if the printer wants inks.</source>
        <translation>Hier umwandeln, wenn die Druckerei Druckfarben will.</translation>
    </message>
    <message>
        <source>Artwork of the whole blank keeps the colours it was drawn in; only pictures are converted.</source>
        <translation>Motive für den ganzen Zuschnitt behalten die Farben, in denen sie gezeichnet sind; umgewandelt werden nur Bilder.</translation>
    </message>
    <message>
        <source>Draw it in the press&apos;s inks, or ask the printer to convert it.</source>
        <translation>In den Druckfarben zeichnen, oder die Druckerei um die Umwandlung bitten.</translation>
    </message>
    <message>
        <source>Convert pictures to inks here, which holds the limit, or lighten the darkest tones.</source>
        <translation>Bilder hier in Druckfarben umwandeln, was die Grenze einhält, oder die dunkelsten Töne aufhellen.</translation>
    </message>
    <message>
        <source>The {panel} panel asks for up to {ink:.0f} % ink, more than the {limit:g} % allowed.</source>
        <translation>Die Seite „{panel}“ verlangt bis zu {ink:.0f} % Farbauftrag, mehr als die erlaubten {limit:g} %.</translation>
    </message>
    <message>
        <source>Board of {caliper:g} mm is thin for a package of {longest:g} mm; {least:g} mm are usual.</source>
        <translation>Karton von {caliper:g} mm ist dünn für eine Packung von {longest:g} mm; üblich sind {least:g} mm.</translation>
    </message>
    <message>
        <source>The mailer is higher than wide, {height:g} to {width:g} mm: its inner walls have to be bent.</source>
        <translation>Der Versandkarton ist höher als breit, {height:g} zu {width:g} mm: seine Innenwände müssen gebogen werden.</translation>
    </message>
    <message>
        <source>A tuck flap is {got:.0f} mm deep; for a package of this size {usual:g} mm hold better.</source>
        <translation>Eine Einstecklasche ist {got:.0f} mm tief; bei einer Packung dieser Größe halten {usual:g} mm besser.</translation>
    </message>
    <message>
        <source>Set a depth of {usual:g} mm.</source>
        <translation>Eine Tiefe von {usual:g} mm einstellen.</translation>
    </message>
    <message>
        <source>Choose a thicker board.</source>
        <translation>Dickeren Karton wählen.</translation>
    </message>
    <message>
        <source>Say which one is meant.</source>
        <translation>Angeben, welche gemeint ist.</translation>
    </message>
    <message>
        <source>No column of the table is a field: {names}.</source>
        <translation>Keine Spalte der Tabelle ist ein Feld: {names}.</translation>
    </message>
    <message>
        <source>There is no column “{name}” in the table.</source>
        <translation>Die Tabelle hat keine Spalte „{name}“.</translation>
    </message>
    <message>
        <source>Its columns are: {names}.</source>
        <translation>Ihre Spalten sind: {names}.</translation>
    </message>
    <message>
        <source>There is no field “{name}”.</source>
        <translation>Es gibt kein Feld „{name}“.</translation>
    </message>
    <message>
        <source>The fields are: {names}.</source>
        <translation>Die Felder sind: {names}.</translation>
    </message>
    <message>
        <source>The columns “{first}” and “{second}” are both the field “{field}”.</source>
        <translation>Die Spalten „{first}“ und „{second}“ sind beide das Feld „{field}“.</translation>
    </message>
    <message>
        <source>Leave out slashes, colons, quotation marks and a first dot.</source>
        <translation>Schrägstriche, Doppelpunkte, Anführungszeichen und einen Punkt am Anfang weglassen.</translation>
    </message>
    <message>
        <source>Nothing is left of the file&apos;s name.</source>
        <translation>Vom Namen der Datei bleibt nichts übrig.</translation>
    </message>
    <message>
        <source>Write one with letters or digits.</source>
        <translation>Einen mit Buchstaben oder Ziffern schreiben.</translation>
    </message>
    <message>
        <source>“{name}” is no name of a file in the folder.</source>
        <translation>„{name}“ ist kein Name einer Datei im Ordner.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” names no field of a row.</source>
        <translation>Das Muster „{pattern}“ nennt kein Feld einer Zeile.</translation>
    </message>
    <message>
        <source>Use {names} in braces, as in {usual}.</source>
        <translation>{names} in geschweiften Klammern verwenden, wie in {usual}.</translation>
    </message>
    <message>
        <source>Give the column the format Text, and write the numbers anew.</source>
        <translation>Der Spalte das Format Text geben und die Nummern neu schreiben.</translation>
    </message>
    <message>
        <source>A spreadsheet has rounded the barcode number to “{text}”.</source>
        <translation>Eine Tabellenkalkulation hat die Strichcodenummer auf „{text}“ gerundet.</translation>
    </message>
    <message>
        <source>There is no finish “{text}”.</source>
        <translation>Es gibt keine Oberfläche „{text}“.</translation>
    </message>
    <message>
        <source>Use {names}.</source>
        <translation>{names} verwenden.</translation>
    </message>
    <message>
        <source>The file is no answer of a reviewer, or is damaged.</source>
        <translation>Die Datei ist keine Antwort aus einer Durchsicht oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Ask for it once more.</source>
        <translation>Noch einmal darum bitten.</translation>
    </message>
    <message>
        <source>Open the design whose review page it was written in.</source>
        <translation>Den Entwurf öffnen, auf dessen Seite zur Durchsicht sie geschrieben wurde.</translation>
    </message>
    <message>
        <source>The answer names another version of the design than its review page showed.</source>
        <translation>Die Antwort nennt einen anderen Stand des Entwurfs, als ihre Seite zur Durchsicht gezeigt hat.</translation>
    </message>
    <message>
        <source>The file is too large for an answer.</source>
        <translation>Die Datei ist zu groß für eine Antwort.</translation>
    </message>
    <message>
        <source>Choose the file the review page saved.</source>
        <translation>Die Datei wählen, die die Seite zur Durchsicht gespeichert hat.</translation>
    </message>
    <message>
        <source>The answer was written by a newer packdesk.</source>
        <translation>Die Antwort wurde mit einem neueren packdesk geschrieben.</translation>
    </message>
    <message>
        <source>Update this one.</source>
        <translation>Dieses aktualisieren.</translation>
    </message>
    <message>
        <source>The answer is of another review: “{name}”.</source>
        <translation>Die Antwort gehört zu einer anderen Durchsicht: „{name}“.</translation>
    </message>
    <message>
        <source>The answer of “{name}” was changed after it was written.</source>
        <translation>Die Antwort von „{name}“ wurde verändert, nachdem sie geschrieben war.</translation>
    </message>
    <message>
        <source>Save it at {width:.1f} × {height:.1f} mm, or with bleed at {wide:.1f} × {high:.1f} mm.</source>
        <translation>Mit {width:.1f} × {height:.1f} mm speichern, oder mit Beschnitt mit {wide:.1f} × {high:.1f} mm.</translation>
    </message>
    <message>
        <source>Choose that style in the export dialog, or look at how it lies.</source>
        <translation>Diese Art im Exportdialog wählen, oder ansehen, wie es liegt.</translation>
    </message>
    <message>
        <source>It cannot be told for sure how the artwork lies on the sheet.</source>
        <translation>Es lässt sich nicht sicher sagen, wie das Motiv auf dem Bogen liegt.</translation>
    </message>
    <message>
        <source>Look at it, and turn it if need be.</source>
        <translation>Ansehen und bei Bedarf drehen.</translation>
    </message>
    <message>
        <source>It has the shape of another blank of this package: {styles}.</source>
        <translation>Er hat die Form eines anderen Zuschnitts dieser Packung: {styles}.</translation>
    </message>
    <message>
        <source>The sheet of {width:.1f} × {height:.1f} mm (ratio {ratio:.3f}) does not have the shape of the blank, {wide:.1f} × {high:.1f} mm (ratio {wanted:.3f}).</source>
        <translation>Der Bogen von {width:.1f} × {height:.1f} mm (Verhältnis {ratio:.3f}) hat nicht die Form des Zuschnitts, {wide:.1f} × {high:.1f} mm (Verhältnis {wanted:.3f}).</translation>
    </message>
    <message>
        <source>The artwork looks as if made for a blank of the style {style}.</source>
        <translation>Das Motiv sieht aus wie für einen Zuschnitt der Art {style}.</translation>
    </message>
    <message>
        <source>Use a picture file that opens in other programs.</source>
        <translation>Eine Bilddatei verwenden, die sich in anderen Programmen öffnen lässt.</translation>
    </message>
    <message>
        <source>The panel stays as it is, as a picture. Ask whoever made it for the design again.</source>
        <translation>Die Seite bleibt als Bild, wie sie ist. Den Entwurf noch einmal anfordern.</translation>
    </message>
    <message>
        <source>Ask for the dieline as PDF, SVG or DXF, drawn in lines.</source>
        <translation>Die Stanzform als PDF, SVG oder DXF verlangen, mit Linien gezeichnet.</translation>
    </message>
    <message>
        <source>Save it as CSV or XLSX, with headings in its first row.</source>
        <translation>Als CSV oder XLSX speichern, mit Überschriften in der ersten Zeile.</translation>
    </message>
    <message>
        <source>Find the file again, or unlink it.</source>
        <translation>Die Datei wieder suchen oder die Verknüpfung lösen.</translation>
    </message>
    <message>
        <source>Write it as docs/output.md shows, or leave the setting line_table out.</source>
        <translation>Sie so schreiben, wie docs/output.md es zeigt, oder die Einstellung line_table weglassen.</translation>
    </message>
    <message>
        <source>The table of line types {file} cannot be used: {reason}.</source>
        <translation>Die Tabelle der Linienarten {file} kann nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>The table of line types {file} cannot be used: {setting}: {reason}.</source>
        <translation>Die Tabelle der Linienarten {file} kann nicht verwendet werden: {setting}: {reason}.</translation>
    </message>
    <message>
        <source>An ink limit of {limit:g} % is not possible.</source>
        <translation>Ein Gesamtfarbauftrag von {limit:g} % ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use {least:g} to {most:g} %.</source>
        <translation>{least:g} bis {most:g} % verwenden.</translation>
    </message>
    <message>
        <source>Choose the profile of the press: an ICC file for four inks, which the printer names or sends.</source>
        <translation>Das Profil der Druckmaschine wählen: eine ICC-Datei für vier Farben, die die Druckerei nennt oder schickt.</translation>
    </message>
    <message>
        <source>{name} is no colour profile.</source>
        <translation>{name} ist kein Farbprofil.</translation>
    </message>
    <message>
        <source>{name} is no profile of a press with four inks.</source>
        <translation>{name} ist kein Profil einer Druckmaschine mit vier Farben.</translation>
    </message>
    <message>
        <source>The colour profile {name} is damaged.</source>
        <translation>Das Farbprofil {name} ist beschädigt.</translation>
    </message>
    <message>
        <source>Review pages cannot be made: their 3D viewer is not installed.</source>
        <translation>Prüfseiten lassen sich nicht erstellen: Ihr 3D-Betrachter ist nicht installiert.</translation>
    </message>
    <message>
        <source>A template cannot be written as “{name}”.</source>
        <translation>Als „{name}“ lässt sich keine Vorlage schreiben.</translation>
    </message>
    <message>
        <source>Use a name that ends in {endings}.</source>
        <translation>Einen Namen verwenden, der auf {endings} endet.</translation>
    </message>
    <message>
        <source>“-” is not the name of a file.</source>
        <translation>„-“ ist kein Dateiname.</translation>
    </message>
    <message>
        <source>Name one.</source>
        <translation>Einen nennen.</translation>
    </message>
    <message>
        <source>Make it first, or name another.</source>
        <translation>Ihn erst anlegen oder einen anderen nennen.</translation>
    </message>
    <message>
        <source>Name the file itself, or remove the link.</source>
        <translation>Die Datei selbst nennen oder die Verknüpfung entfernen.</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Eine Datei nennen.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
        <source>{target} is a link, and was left alone.</source>
        <translation>{target} ist eine Verknüpfung und wurde nicht angerührt.</translation>
    </message>
    <message>
        <source>{target} is a pipe or a device, and was left alone.</source>
        <translation>{target} ist eine Pipe oder ein Gerät und wurde nicht angerührt.</translation>
    </message>
    <message>
        <source>Gemini does not take up what was said before.</source>
        <translation>Gemini nimmt nicht auf, was zuvor gesagt wurde.</translation>
    </message>
    <message>
        <source>Gemini did not take up what was said before: it was asked again without that.</source>
        <translation>Gemini nahm nicht auf, was zuvor gesagt wurde: Es wurde ohne das noch einmal gefragt.</translation>
    </message>
    <message>
        <source>Only colours are understood by the painter on this computer. Passed over: {words}.</source>
        <translation>Der Maler auf diesem Computer versteht nur Farben. Übergangen: {words}.</translation>
    </message>
    <message>
        <source>The painter on this computer understands no other change than colours, and none is named.</source>
        <translation>Der Maler auf diesem Computer versteht keine andere Änderung als Farben, und keine ist genannt.</translation>
    </message>
    <message>
        <source>Name one or several, such as “in jade and gold”, or use Gemini.</source>
        <translation>Nennen Sie eine oder mehrere, etwa „in Jade und Gold“, oder nehmen Sie Gemini.</translation>
    </message>
    <message>
        <source>“{text}” cannot be set in the fonts here and was left out.</source>
        <translation>„{text}“ kann mit den Schriften hier nicht gesetzt werden und wurde weggelassen.</translation>
    </message>
    <message>
        <source>Pictures, PDF and SVG are taken, one file for each panel.</source>
        <translation>Genommen werden Bilder, PDF und SVG, eine Datei je Seite.</translation>
    </message>
    <message>
        <source>Take a name of the list.</source>
        <translation>Nehmen Sie einen Namen aus der Liste.</translation>
    </message>
    <message>
        <source>“{name}” is too short for the name of a picture.</source>
        <translation>„{name}“ ist als Name eines Bildes zu kurz.</translation>
    </message>
    <message>
        <source>A change is made on one panel at a time.</source>
        <translation>Geändert wird immer nur eine Seite.</translation>
    </message>
    <message>
        <source>Select one panel.</source>
        <translation>Wählen Sie eine Seite.</translation>
    </message>
    <message>
        <source>There is no picture on the panel “{panel}”.</source>
        <translation>Auf der Seite „{panel}“ ist kein Bild.</translation>
    </message>
    <message>
        <source>The file was saved again meanwhile.</source>
        <translation>Die Datei wurde inzwischen noch einmal gespeichert.</translation>
    </message>
    <message>
        <source>Import one there first.</source>
        <translation>Zuerst eines dort importieren.</translation>
    </message>
    <message>
        <source>There is no picture inside the panel “{panel}”.</source>
        <translation>Innen auf der Seite „{panel}“ ist kein Bild.</translation>
    </message>
    <message>
        <source>Connect its drive or network folder, find the file again, or unlink it.</source>
        <translation>Ihr Laufwerk oder ihren Netzwerkordner verbinden, die Datei wieder suchen oder die Verknüpfung lösen.</translation>
    </message>
    <message>
        <source>Save it again as a picture packdesk reads, or unlink it.</source>
        <translation>Sie noch einmal als Bild speichern, das packdesk liest, oder die Verknüpfung lösen.</translation>
    </message>
    <message>
        <source>Follow the file again, or unlink it.</source>
        <translation>Der Datei wieder folgen oder die Verknüpfung lösen.</translation>
    </message>
    <message>
        <source>Put the file on the package again, or unlink it.</source>
        <translation>Die Datei wieder auf die Packung legen oder die Verknüpfung lösen.</translation>
    </message>
    <message>
        <source>The linked file {file} is missing. The last picture stays.</source>
        <translation>Die verknüpfte Datei {file} fehlt. Das letzte Bild bleibt.</translation>
    </message>
    <message>
        <source>The drive of the linked file {file} does not answer. The last picture stays.</source>
        <translation>Das Laufwerk der verknüpften Datei {file} antwortet nicht. Das letzte Bild bleibt.</translation>
    </message>
    <message>
        <source>The linked file {file} cannot be shown. The last picture stays. {reason}</source>
        <translation>Die verknüpfte Datei {file} lässt sich nicht zeigen. Das letzte Bild bleibt. {reason}</translation>
    </message>
    <message>
        <source>Another picture was put on the panel “{panel}”: it follows {file} no longer.</source>
        <translation>Auf die Seite „{panel}“ wurde ein anderes Bild gelegt: sie folgt {file} nicht mehr.</translation>
    </message>
    <message>
        <source>The sheet {file} is {width:.1f} × {height:.1f} mm now, not {wide:.1f} × {high:.1f} mm, and where it lies is not certain. The last picture stays.</source>
        <translation>Der Bogen {file} hat jetzt {width:.1f} × {height:.1f} mm statt {wide:.1f} × {high:.1f} mm, und wo er liegt, ist nicht sicher. Das letzte Bild bleibt.</translation>
    </message>
    <message>
        <source>{file} is no file any more. The last picture stays.</source>
        <translation>{file} ist keine Datei mehr. Das letzte Bild bleibt.</translation>
    </message>
    <message>
        <source>The folder of the linked file {file} is missing. The last picture stays.</source>
        <translation>Der Ordner der verknüpften Datei {file} fehlt. Das letzte Bild bleibt.</translation>
    </message>
    <message>
        <source>Other artwork was put on all panels: they follow {file} no longer.</source>
        <translation>Auf alle Seiten wurden andere Motive gelegt: sie folgen {file} nicht mehr.</translation>
    </message>
    <message>
        <source>The file is being written.</source>
        <translation>Die Datei wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>Try again when it is saved.</source>
        <translation>Wieder versuchen, wenn sie gespeichert ist.</translation>
    </message>
    <message>
        <source>The package shows other artwork by now.</source>
        <translation>Die Packung zeigt inzwischen andere Motive.</translation>
    </message>
    <message>
        <source>Only a file can be followed.</source>
        <translation>Nur einer Datei kann gefolgt werden.</translation>
    </message>
    <message>
        <source>Save the artwork to a file first.</source>
        <translation>Das Motiv zuerst in einer Datei speichern.</translation>
    </message>
    <message>
        <source>Link it to one first.</source>
        <translation>Sie zuerst mit einer verknüpfen.</translation>
    </message>
    <message>
        <source>The whole package follows no file.</source>
        <translation>Die ganze Packung folgt keiner Datei.</translation>
    </message>
    <message>
        <source>Put a file on it that is followed first.</source>
        <translation>Zuerst eine Datei auf sie legen, der sie folgt.</translation>
    </message>
    <message>
        <source>The panel “{panel}” follows no file.</source>
        <translation>Die Seite „{panel}“ folgt keiner Datei.</translation>
    </message>
    <message>
        <source>The panel “{panel}” shows another picture by now.</source>
        <translation>Die Seite „{panel}“ zeigt inzwischen ein anderes Bild.</translation>
    </message>
    <message>
        <source>The process that makes ranges has ended.</source>
        <translation>Der Prozess, der Sortimente anlegt, hat geendet.</translation>
    </message>
    <message>
        <source>Try again: rows that are made stay.</source>
        <translation>Erneut versuchen: Was angelegt ist, bleibt.</translation>
    </message>
    <message>
        <source>What makes ranges cannot be started.</source>
        <translation>Was Sortimente anlegt, lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>The row could not be made: {fault}.</source>
        <translation>Die Zeile konnte nicht angelegt werden: {fault}.</translation>
    </message>
    <message>
        <source>The log says more.</source>
        <translation>Im Protokoll steht mehr.</translation>
    </message>
    <message>
        <source>The range could not be made: {fault}.</source>
        <translation>Das Sortiment konnte nicht angelegt werden: {fault}.</translation>
    </message>
    <message>
        <source>Wait for its end, or name another folder.</source>
        <translation>Das Ende abwarten oder einen anderen Ordner nennen.</translation>
    </message>
    <message>
        <source>Another range is being made in {folder}.</source>
        <translation>In {folder} wird gerade ein anderes Sortiment angelegt.</translation>
    </message>
    <message>
        <source>Free some space, and make the range again: it goes on where it is.</source>
        <translation>Platz schaffen und das Sortiment erneut anlegen: Es geht dort weiter, wo es ist.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>Der Datenträger von {folder} ist voll.</translation>
    </message>
    <message>
        <source>Use other words, or shorter ones.</source>
        <translation>Andere oder kürzere Wörter verwenden.</translation>
    </message>
    <message>
        <source>Make the package larger, or the resolution finer.</source>
        <translation>Die Packung größer machen oder die Auflösung feiner.</translation>
    </message>
    <message>
        <source>The barcode is too small to be read: its bars have less than a pixel at {dpi:g} dpi.</source>
        <translation>Der Strichcode ist zu klein, um gelesen zu werden: Seine Striche haben bei {dpi:g} dpi weniger als einen Bildpunkt.</translation>
    </message>
    <message>
        <source>Use a larger picture: at least {least} dpi.</source>
        <translation>Ein größeres Bild verwenden: mindestens {least} dpi.</translation>
    </message>
    <message>
        <source>The table has changed meanwhile.</source>
        <translation>Die Tabelle hat sich inzwischen geändert.</translation>
    </message>
    <message>
        <source>There is no such row.</source>
        <translation>Diese Zeile gibt es nicht.</translation>
    </message>
    <message>
        <source>{name} is there already, and not as this range left it.</source>
        <translation>{name} gibt es schon, und nicht so, wie dieses Sortiment es hinterlassen hat.</translation>
    </message>
    <message>
        <source>Name a folder.</source>
        <translation>Einen Ordner nennen.</translation>
    </message>
    <message>
        <source>Say what they may cost, or have them painted on this computer.</source>
        <translation>Sagen, was sie kosten dürfen, oder sie auf diesem Computer malen lassen.</translation>
    </message>
    <message>
        <source>Allow more, or make fewer rows.</source>
        <translation>Mehr erlauben oder weniger Zeilen anlegen.</translation>
    </message>
    <message>
        <source>{target} is no folder.</source>
        <translation>{target} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{count} pictures will cost about {usd:.2f} US dollars.</source>
        <translation>{count} Motive kosten etwa {usd:.2f} US-Dollar.</translation>
    </message>
    <message>
        <source>{count} pictures will cost about {usd:.2f} US dollars, more than the {limit:.2f} allowed.</source>
        <translation>{count} Motive kosten etwa {usd:.2f} US-Dollar, mehr als die erlaubten {limit:.2f}.</translation>
    </message>
    <message>
        <source>The row could not be drawn.</source>
        <translation>Die Zeile konnte nicht gezeichnet werden.</translation>
    </message>
    <message>
        <source>Choose another row; the log says more.</source>
        <translation>Eine andere Zeile wählen; im Protokoll steht mehr.</translation>
    </message>
    <message>
        <source>The row could not be drawn: {fault}.</source>
        <translation>Die Zeile konnte nicht gezeichnet werden: {fault}.</translation>
    </message>
    <message>
        <source>The barcode in the PDF is {found} instead of {code}.</source>
        <translation>Der Strichcode im PDF ist {found} statt {code}.</translation>
    </message>
    <message>
        <source>The PDF has no trim box.</source>
        <translation>Das PDF hat keine TrimBox.</translation>
    </message>
    <message>
        <source>The trim box of the PDF is off by {off:.3f} mm.</source>
        <translation>Die TrimBox des PDFs weicht um {off:.3f} mm ab.</translation>
    </message>
    <message>
        <source>A picture in the PDF has only {dpi:.0f} dpi.</source>
        <translation>Ein Bild im PDF hat nur {dpi:.0f} dpi.</translation>
    </message>
    <message>
        <source>No barcode can be read in the PDF; it should be {code}.</source>
        <translation>Im PDF ist kein Strichcode zu lesen; es müsste {code} sein.</translation>
    </message>
    <message>
        <source>The PDF cannot be opened again.</source>
        <translation>Das PDF lässt sich nicht wieder öffnen.</translation>
    </message>
    <message>
        <source>The PDF has {count} pages.</source>
        <translation>Das PDF hat {count} Seiten.</translation>
    </message>
    <message>
        <source>The words “{text}” are not in the PDF as the row says them.</source>
        <translation>Die Worte „{text}“ stehen nicht so im PDF, wie die Zeile sie sagt.</translation>
    </message>
    <message>
        <source>Choose a colour its artwork has, a wider tolerance, or take the finish off.</source>
        <translation>Eine Farbe wählen, die das Motiv hat, eine größere Toleranz, oder die Veredelung wegnehmen.</translation>
    </message>
    <message>
        <source>Make it at least 30 mm wide with the white beside it, 22 mm for eight digits.</source>
        <translation>Ihn mit dem Weiß daneben mindestens 30 mm breit machen, bei acht Ziffern 22 mm.</translation>
    </message>
    <message>
        <source>The finish “{finish}” takes nothing of the {panel} panel: its plate is empty there.</source>
        <translation>Die Veredelung „{finish}“ nimmt nichts von der Seite {panel}: Ihre Platte ist dort leer.</translation>
    </message>
    <message>
        <source>The barcode on the {panel} panel has {percent:.0f} % of its nominal size; tills need 80 %.</source>
        <translation>Der Strichcode auf der Seite „{panel}“ hat {percent:.0f} % seiner Nenngröße; Kassen brauchen 80 %.</translation>
    </message>
    <message>
        <source>Other programs kept changing the panel, so its objects were not saved.</source>
        <translation>Andere Programme haben die Seite immer wieder geändert, darum wurden ihre Objekte nicht gespeichert.</translation>
    </message>
    <message>
        <source>Put several of them into one drawing.</source>
        <translation>Mehrere davon in einer Zeichnung zusammenfassen.</translation>
    </message>
    <message>
        <source>A panel shows at most {most} pictures.</source>
        <translation>Eine Seite zeigt höchstens {most} Bilder.</translation>
    </message>
    <message>
        <source>The barcode is not on what was made: {panels}.</source>
        <translation>Der Strichcode ist auf nichts, was gemacht wurde: {panels}.</translation>
    </message>
    <message>
        <source>Open it, mend it, and save it again.</source>
        <translation>Öffnen, in Ordnung bringen und neu speichern.</translation>
    </message>
    <message>
        <source>The base design is damaged. {damage}</source>
        <translation>Der zugrunde liegende Entwurf ist beschädigt. {damage}</translation>
    </message>
    <message>
        <source>A picture of the base design is missing.</source>
        <translation>Ein Bild des zugrunde liegenden Entwurfs fehlt.</translation>
    </message>
    <message>
        <source>Save the base design again.</source>
        <translation>Den zugrunde liegenden Entwurf neu speichern.</translation>
    </message>
    <message>
        <source>No panel of the product can show its barcode.</source>
        <translation>Keine Seite des Produkts kann seinen Strichcode zeigen.</translation>
    </message>
    <message>
        <source>Bars are painted by packdesk itself (the provider offline), on panels that are painted anew.</source>
        <translation>Striche malt packdesk selbst (der Anbieter offline), auf Seiten, die neu gemalt werden.</translation>
    </message>
    <message>
        <source>The rows {first} and {second} have the same file.</source>
        <translation>Die Zeilen {first} und {second} haben dieselbe Datei.</translation>
    </message>
    <message>
        <source>“{name}” must be another name in one of them.</source>
        <translation>„{name}“ muss in einer von ihnen anders heißen.</translation>
    </message>
    <message>
        <source>Names of pictures are meant from the table&apos;s folder.</source>
        <translation>Namen von Bildern gelten vom Ordner der Tabelle aus.</translation>
    </message>
    <message>
        <source>Name the file of an answer.</source>
        <translation>Die Datei einer Antwort nennen.</translation>
    </message>
    <message>
        <source>The bundle is of another design.</source>
        <translation>Das Bündel gehört zu einem anderen Entwurf.</translation>
    </message>
    <message>
        <source>Open it instead.</source>
        <translation>Es stattdessen öffnen.</translation>
    </message>
    <message>
        <source>The bundle holds no remarks.</source>
        <translation>Das Bündel enthält keine Anmerkungen.</translation>
    </message>
    <message>
        <source>There is nothing to reply.</source>
        <translation>Es gibt nichts zu erwidern.</translation>
    </message>
    <message>
        <source>Write a sentence.</source>
        <translation>Einen Satz schreiben.</translation>
    </message>
    <message>
        <source>The reply is too long.</source>
        <translation>Die Erwiderung ist zu lang.</translation>
    </message>
    <message>
        <source>There is no single remark “{name}”.</source>
        <translation>Eine einzelne Anmerkung „{name}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Other programs kept changing the design, so the edit was not saved.</source>
        <translation>Andere Programme haben den Entwurf immer wieder geändert; deshalb wurde die Änderung nicht gespeichert.</translation>
    </message>
    <message>
        <source>The name of the file is missing.</source>
        <translation>Der Name der Datei fehlt.</translation>
    </message>
    <message>
        <source>The drawing has entities that are not read: they name files, or grow without end.</source>
        <translation>Die Zeichnung hat Entitäten, die nicht gelesen werden: Sie nennen Dateien oder wachsen ohne Ende.</translation>
    </message>
    <message>
        <source>Save it as plain SVG in another program.</source>
        <translation>Sie in einem anderen Programm als einfaches SVG speichern.</translation>
    </message>
    <message>
        <source>Line {number} of the table of boards cannot be read: “{text}”.</source>
        <translation>Zeile {number} der Kartontabelle ist nicht lesbar: „{text}“.</translation>
    </message>
    <message>
        <source>The {sides} are {short} mm too short for board of {caliper:g} mm.</source>
        <translation>{sides} sind für Karton von {caliper:g} mm um {short} mm zu kurz.</translation>
    </message>
    <message>
        <source>“{text}” stays outlines: {family} cannot be embedded in a file.</source>
        <translation>„{text}“ bleibt Pfade: {family} lässt sich nicht in Dateien einbetten.</translation>
    </message>
    <message>
        <source>“{text}” stays outlines: {family} may not be embedded in a file.</source>
        <translation>„{text}“ bleibt Pfade: {family} darf nicht in Dateien eingebettet werden.</translation>
    </message>
    <message>
        <source>“{text}” stays outlines: {family} on this computer draws other letters, or is not there.</source>
        <translation>„{text}“ bleibt Pfade: {family} zeichnet auf diesem Computer andere Zeichen oder fehlt hier.</translation>
    </message>
    <message>
        <source>“{text}” stays outlines: it has letters no typeface here can draw.</source>
        <translation>„{text}“ bleibt Pfade: Der Text hat Zeichen, die hier keine Schrift zeichnen kann.</translation>
    </message>
    <message>
        <source>“{text}” stays outlines: it is seen through.</source>
        <translation>„{text}“ bleibt Pfade: Der Text ist durchscheinend.</translation>
    </message>
    <message>
        <source>Select that panel to change it.</source>
        <translation>Jene Seite auswählen, um es zu ändern.</translation>
    </message>
    <message>
        <source>This object belongs to the panel “{panel}” and only runs on here.</source>
        <translation>Dieses Objekt gehört zur Seite „{panel}“ und läuft hier nur weiter.</translation>
    </message>
    <message>
        <source>Divide it into several texts.</source>
        <translation>In mehrere Texte teilen.</translation>
    </message>
    <message>
        <source>A text holds at most {most:,} letters; this one has {count:,}.</source>
        <translation>Ein Text hat höchstens {most:,} Zeichen; dieser hat {count:,}.</translation>
    </message>
    <message>
        <source>Embed the picture in the drawing, and import it again.</source>
        <translation>Das Bild in die Zeichnung einbetten und sie neu importieren.</translation>
    </message>
    <message>
        <source>Turn them into plain text or into paths, and import it again.</source>
        <translation>In einfachen Text oder Pfade umwandeln und neu importieren.</translation>
    </message>
    <message>
        <source>The drawing on the {panel} panel links to a picture that is not in its file: it is left out.</source>
        <translation>Die Zeichnung auf der Seite {panel} nennt ein Bild, das nicht in ihrer Datei ist: Es fehlt.</translation>
    </message>
    <message>
        <source>The drawing on the {panel} panel has words that flow in a frame: they are left out.</source>
        <translation>Die Zeichnung auf der Seite „{panel}“ enthält Text, der in einem Rahmen fließt: Er fehlt.</translation>
    </message>
    <message>
        <source>It is printed the same; only its words cannot be searched or copied.</source>
        <translation>Gedruckt wird er gleich; nur suchen und kopieren lassen sich die Wörter nicht.</translation>
    </message>
    <message>
        <source>“{name}” is an ending without a name.</source>
        <translation>„{name}“ ist eine Endung ohne Namen.</translation>
    </message>
    <message>
        <source>Write a name before it, as in {example}.</source>
        <translation>Einen Namen davorsetzen, etwa {example}.</translation>
    </message>
    <message>
        <source>There is no artwork on the inside of any panel: the file shows lines alone.</source>
        <translation>Innen hat keine Seite ein Motiv: Die Datei zeigt nur Linien.</translation>
    </message>
    <message>
        <source>Nothing is drawn on the sheet.</source>
        <translation>Auf dem Bogen ist nichts gezeichnet.</translation>
    </message>
    <message>
        <source>Draw on its layer “Artwork”, and save it again.</source>
        <translation>Auf die Ebene „Artwork“ zeichnen und erneut speichern.</translation>
    </message>
    <message>
        <source>How the design looks cannot be kept on this computer.</source>
        <translation>Wie der Entwurf aussieht, kann auf diesem Rechner nicht behalten werden.</translation>
    </message>
    <message>
        <source>Check its free space.</source>
        <translation>Den freien Platz prüfen.</translation>
    </message>
    <message>
        <source>It cannot be found out which pictures are in use, so none was removed.</source>
        <translation>Es ist nicht herauszufinden, welche Bilder gebraucht werden; deshalb wurde keines entfernt.</translation>
    </message>
    <message>
        <source>Check that the data folder and the texture folder can be read.</source>
        <translation>Prüfen, ob der Datenordner und der Ordner der Motive lesbar sind.</translation>
    </message>
    <message>
        <source>Move it away to start with the defaults.</source>
        <translation>Die Datei wegbewegen, um mit den Voreinstellungen zu beginnen.</translation>
    </message>
    <message>
        <source>Correct it, or move it away to start with the defaults.</source>
        <translation>Die Datei berichtigen oder wegbewegen, um mit den Voreinstellungen zu beginnen.</translation>
    </message>
    <message>
        <source>Check that its folder is yours and has free space.</source>
        <translation>Prüfen, ob der Ordner Ihnen gehört und freien Platz hat.</translation>
    </message>
    <message>
        <source>The settings file {file} is not a file.</source>
        <translation>Die Einstellungsdatei {file} ist keine Datei.</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be read.</source>
        <translation>Die Einstellungsdatei {file} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The settings file {file} cannot be written, so the change lasts until packdesk is closed.</source>
        <translation>Die Einstellungsdatei {file} lässt sich nicht schreiben; die Änderung gilt, bis packdesk beendet wird.</translation>
    </message>
    <message>
        <source>it must be one of {choices}</source>
        <translation>sie muss eines davon sein: {choices}</translation>
    </message>
    <message>
        <source>The process that makes rows ended before it began.</source>
        <translation>Der Prozess, der Zeilen anlegt, hat geendet, bevor er begann.</translation>
    </message>
    <message>
        <source>The processes that make rows end again and again. Rows that are made stay.</source>
        <translation>Die Prozesse, die Zeilen anlegen, enden immer wieder. Angelegte Zeilen bleiben.</translation>
    </message>
    <message>
        <source>Use shorter words or a larger package, or move the text in the base design.</source>
        <translation>Kürzere Wörter oder eine größere Packung nehmen, oder den Text im Ausgangsentwurf verschieben.</translation>
    </message>
    <message>
        <source>Give the row a prompt, and it is painted for its size.</source>
        <translation>Der Zeile einen Prompt geben, dann wird es für ihre Größe gemalt.</translation>
    </message>
    <message>
        <source>See how the products are now, and make the range then.</source>
        <translation>Ansehen, wie die Produkte jetzt sind, und das Sortiment dann anlegen.</translation>
    </message>
    <message>
        <source>The base design has changed meanwhile.</source>
        <translation>Der Ausgangsentwurf hat sich inzwischen geändert.</translation>
    </message>
    <message>
        <source>Files that were made of the same row before stay: {names}.</source>
        <translation>Dateien, die aus derselben Zeile früher entstanden sind, bleiben: {names}.</translation>
    </message>
    <message>
        <source>Painted at {dpi:g} dpi, the {panel} panel is too coarse for print.</source>
        <translation>Mit {dpi:g} dpi gemalt, ist die Seite „{panel}“ zu grob für den Druck.</translation>
    </message>
    <message>
        <source>Use at least {least} dpi.</source>
        <translation>Mindestens {least} dpi nehmen.</translation>
    </message>
    <message>
        <source>The range in {folder} is made of another table: {table}.</source>
        <translation>Das Sortiment in {folder} ist aus einer anderen Tabelle: {table}.</translation>
    </message>
    <message>
        <source>{file} is not there.</source>
        <translation>{file} ist nicht vorhanden.</translation>
    </message>
    <message>
        <source>{file} is a folder.</source>
        <translation>{file} ist ein Ordner.</translation>
    </message>
    <message>
        <source>Use one of {boards}, or none.</source>
        <translation>Einen von diesen nehmen: {boards}, oder none (keinen).</translation>
    </message>
    <message>
        <source>Line {number} of the table of boards, “{text}”: {reason}</source>
        <translation>Zeile {number} der Kartontabelle, „{text}“: {reason}</translation>
    </message>
    <message>
        <source>It may be {choices}.</source>
        <translation>Möglich ist {choices}.</translation>
    </message>
    <message>
        <source>It may be {least:g} to {most:g}.</source>
        <translation>Möglich ist {least:g} bis {most:g}.</translation>
    </message>
    <message>
        <source>It may be yes or no.</source>
        <translation>Möglich ist yes oder no.</translation>
    </message>
    <message>
        <source>It holds at most {most} letters.</source>
        <translation>Höchstens {most} Zeichen passen hinein.</translation>
    </message>
    <message>
        <source>Push each tuck flap in until it clicks below the dust flaps; to open the lid again, push its middle in.</source>
        <translation>Jede Einstecklasche hineindrücken, bis sie unter den Staublaschen einrastet; zum Öffnen die Mitte des Deckels eindrücken.</translation>
    </message>
    <message>
        <source>There is no room for a hole in the hang tab.</source>
        <translation>In der Aufhängelasche ist kein Platz für ein Loch.</translation>
    </message>
    <message>
        <source>Enlarge the package, or choose a style without a hang tab.</source>
        <translation>Die Verpackung vergrößern oder eine Bauart ohne Aufhängelasche wählen.</translation>
    </message>
    <message>
        <source>The hole of the hang tab is {share:.0f} % of a euro slot.</source>
        <translation>Das Loch der Aufhängelasche hat {share:.0f} % der Größe eines Eurolochs.</translation>
    </message>
    <message>
        <source>There is no room for the slits of the lock: the tuck flaps are not held.</source>
        <translation>Für die Schlitze der Verriegelung ist kein Platz: Die Einstecklaschen werden nicht gehalten.</translation>
    </message>
    <message>
        <source>Enlarge the package, or take a thinner board or deeper tuck flaps.</source>
        <translation>Die Verpackung vergrößern oder dünneren Karton oder tiefere Einstecklaschen nehmen.</translation>
    </message>
    <message>
        <source>Words of objects are outlines or bring their typefaces, artwork is pixels: the printer needs no fonts.</source>
        <translation>Wörter von Objekten sind Umrisse oder bringen ihre Schriften mit, Motive sind Pixel: die Druckerei braucht keine Schriften.</translation>
    </message>
    <message>
        <source>The text “{text}” has no words.</source>
        <translation>Der Text „{text}“ hat keine Wörter.</translation>
    </message>
    <message>
        <source>The code “{text}” has no number yet: no scanner reads its bars.</source>
        <translation>Der Code „{text}“ hat noch keine Nummer: Seine Balken liest kein Scanner.</translation>
    </message>
    <message>
        <source>Type its number, or make a range of a table.</source>
        <translation>Die Nummer eingeben oder aus einer Tabelle ein Sortiment anlegen.</translation>
    </message>
    <message>
        <source>The bars of the code “{text}” are lighter than their ground.</source>
        <translation>Die Striche des Codes „{text}“ sind heller als ihr Grund.</translation>
    </message>
    <message>
        <source>Print dark bars on a light ground: most scanners read no others.</source>
        <translation>Dunkle Striche auf hellem Grund drucken: die meisten Scanner lesen keine anderen.</translation>
    </message>
    <message>
        <source>The bars of the code “{text}” hardly differ from their ground in the red light of scanners.</source>
        <translation>Die Striche des Codes „{text}“ heben sich im roten Licht von Scannern kaum von ihrem Grund ab.</translation>
    </message>
    <message>
        <source>Use black, dark blue or dark green on white: there red and yellow are white.</source>
        <translation>Schwarz, Dunkelblau oder Dunkelgrün auf Weiß verwenden: Rot und Gelb sind dort weiß.</translation>
    </message>
    <message>
        <source>Type some, or take it off.</source>
        <translation>Welche eingeben oder den Text entfernen.</translation>
    </message>
    <message>
        <source>Make it wider or lower, or choose another style.</source>
        <translation>Breiter oder niedriger machen oder eine andere Bauart wählen.</translation>
    </message>
    <message>
        <source>Another program took objects off this panel: {count}.</source>
        <translation>Ein anderes Programm hat Objekte von dieser Fläche entfernt: {count}.</translation>
    </message>
    <message>
        <source>Put them back, or leave them off: the objects of the panel offer it.</source>
        <translation>Zurücklegen oder weglassen: Die Objekte der Fläche bieten es an.</translation>
    </message>
    <message>
        <source>Write the column, an equals sign and the field.</source>
        <translation>Spalte, Gleichheitszeichen und Feld schreiben.</translation>
    </message>
    <message>
        <source>“{text}” does not say which field the column is.</source>
        <translation>„{text}“ sagt nicht, welches Feld die Spalte ist.</translation>
    </message>
    <message>
        <source>A brace in the pattern “{pattern}” has no other one.</source>
        <translation>Eine Klammer im Muster „{pattern}“ hat keine zweite.</translation>
    </message>
    <message>
        <source>Fields stand between two braces, as in {usual}.</source>
        <translation>Felder stehen zwischen zwei Klammern, wie in {usual}.</translation>
    </message>
    <message>
        <source>The barcode number {text} has 12 digits, and the last is no check digit.</source>
        <translation>Die Nummer {text} des Strichcodes hat 12 Ziffern, und die letzte ist keine Prüfziffer.</translation>
    </message>
    <message>
        <source>With its check digit it may be {offered}.</source>
        <translation>Mit ihrer Prüfziffer könnte sie {offered} lauten.</translation>
    </message>
    <message>
        <source>Check its permissions, or leave the setting line_table out.</source>
        <translation>Ihre Zugriffsrechte prüfen oder die Einstellung line_table weglassen.</translation>
    </message>
    <message>
        <source>The table of line types {file} cannot be read.</source>
        <translation>Die Tabelle der Linienarten {file} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>line {number} is not understood</source>
        <translation>Zeile {number} ist unverständlich</translation>
    </message>
    <message>
        <source>it is no whole TOML</source>
        <translation>sie ist kein vollständiges TOML</translation>
    </message>
    <message>
        <source>Objects another program took off are not in the file: {panels}.</source>
        <translation>Objekte, die ein anderes Programm entfernt hat, sind nicht in der Datei: {panels}.</translation>
    </message>
    <message>
        <source>it must be a whole number</source>
        <translation>sie muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>it must be a number</source>
        <translation>sie muss eine Zahl sein</translation>
    </message>
    <message>
        <source>it must be 1 or 0</source>
        <translation>sie muss 1 oder 0 sein</translation>
    </message>
    <message>
        <source>it must be a folder</source>
        <translation>sie muss ein Ordner sein</translation>
    </message>
    <message>
        <source>it must be said</source>
        <translation>sie muss angegeben werden</translation>
    </message>
    <message>
        <source>it is not known here</source>
        <translation>sie ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>it must be a table</source>
        <translation>sie muss eine Tabelle sein</translation>
    </message>
    <message>
        <source>it must be at least {least}</source>
        <translation>sie muss mindestens {least} sein</translation>
    </message>
    <message>
        <source>it must be more than {least}</source>
        <translation>sie muss mehr als {least} sein</translation>
    </message>
    <message>
        <source>it must be at most {most}</source>
        <translation>sie darf höchstens {most} sein</translation>
    </message>
    <message>
        <source>it must be less than {most}</source>
        <translation>sie muss weniger als {most} sein</translation>
    </message>
    <message>
        <source>No objects were taken off this panel.</source>
        <translation>Von dieser Fläche wurden keine Objekte abgenommen.</translation>
    </message>
    <message>
        <source>Look at what is on it.</source>
        <translation>Nachsehen, was darauf ist.</translation>
    </message>
    <message>
        <source>“{text}” ({panel}) has words of the base design ({fields}), and stays on every product.</source>
        <translation>„{text}“ ({panel}) enthält Wörter des Ausgangsentwurfs ({fields}) und bleibt auf jedem Produkt so.</translation>
    </message>
    <message>
        <source>The column “{column}” is not printed on {count} of {total} products: nothing shows it.</source>
        <translation>Die Spalte „{column}“ wird auf {count} von {total} Produkten nicht gedruckt: Nichts zeigt sie.</translation>
    </message>
    <message>
        <source>The column “{column}” is printed on no product: nothing shows it.</source>
        <translation>Die Spalte „{column}“ wird auf keinem Produkt gedruckt: Nichts zeigt sie.</translation>
    </message>
    <message>
        <source>The unit of the column “{column}” is not put after what is no number (rows {rows}).</source>
        <translation>Die Einheit der Spalte „{column}“ wird nicht hinter das gesetzt, was keine Zahl ist (Zeilen {rows}).</translation>
    </message>
    <message>
        <source>The unit of the column “{column}” is not put after what is no number (row {row}).</source>
        <translation>Die Einheit der Spalte „{column}“ wird nicht hinter das gesetzt, was keine Zahl ist (Zeile {row}).</translation>
    </message>
    <message>
        <source>Numbers of the column “{column}” are printed with a point ({example}). Texts stay as they are typed.</source>
        <translation>Zahlen der Spalte „{column}“ werden mit Punkt gedruckt ({example}). Texte bleiben, wie sie getippt sind.</translation>
    </message>
    <message>
        <source>The row has no barcode number: its barcode is left off ({panels}).</source>
        <translation>Die Zeile hat keine Strichcodenummer: Ihr Strichcode wird weggelassen ({panels}).</translation>
    </message>
    <message>
        <source>Rows without a barcode number: {rows}. Their barcode is left off ({panels}).</source>
        <translation>Zeilen ohne Strichcodenummer: {rows}. Ihr Strichcode wird weggelassen ({panels}).</translation>
    </message>
    <message>
        <source>The table has no column for barcode numbers: all products have the base design&apos;s ({numbers}).</source>
        <translation>Die Tabelle hat keine Spalte für Strichcodenummern: Alle Produkte haben die des Ausgangsentwurfs ({numbers}).</translation>
    </message>
    <message>
        <source>Row {row} has no barcode number: its barcode is left off ({panels}).</source>
        <translation>Zeile {row} hat keine Strichcodenummer: Ihr Strichcode wird weggelassen ({panels}).</translation>
    </message>
    <message>
        <source>Fill the cell, add a column for it, or take the code off the base design.</source>
        <translation>Die Zelle füllen, eine Spalte dafür anlegen oder den Code vom Ausgangsentwurf nehmen.</translation>
    </message>
    <message>
        <source>A code of the base design shows {fields}, and the row has nothing there.</source>
        <translation>Ein Code des Ausgangsentwurfs zeigt {fields}, und in der Zeile steht dort nichts.</translation>
    </message>
    <message>
        <source>The word “{word}” takes {percent:.0f} % of the width of its box, and is broken.</source>
        <translation>Das Wort „{word}“ nimmt {percent:.0f} % der Breite seines Rahmens ein und wird getrennt.</translation>
    </message>
    <message>
        <source>“{text}” is set at {percent:.0f} % of its size, so that no word is broken.</source>
        <translation>„{text}“ ist auf {percent:.0f} % seiner Größe gesetzt, damit kein Wort gebrochen wird.</translation>
    </message>
    <message>
        <source>Save the picture beside the table, and name its file.</source>
        <translation>Das Bild neben der Tabelle speichern und seine Datei nennen.</translation>
    </message>
    <message>
        <source>{address} is an address, not a file.</source>
        <translation>{address} ist eine Adresse, keine Datei.</translation>
    </message>
    <message>
        <source>There is no file {file}.</source>
        <translation>Es gibt keine Datei {file}.</translation>
    </message>
    <message>
        <source>Several rows have the barcode number {code}: {rows}.</source>
        <translation>Mehrere Zeilen haben die Strichcode-Nummer {code}: {rows}.</translation>
    </message>
    <message>
        <source>The imported pictures stay as they are ({panels}): words in them may not be the row&apos;s ({fields}).</source>
        <translation>Die importierten Bilder bleiben, wie sie sind ({panels}): Wörter darin sind womöglich nicht die der Zeile ({fields}).</translation>
    </message>
    <message>
        <source>The imported picture stays as it is ({panel}): words in it may not be the row&apos;s ({fields}).</source>
        <translation>Das importierte Bild bleibt, wie es ist ({panel}): Wörter darin sind womöglich nicht die der Zeile ({fields}).</translation>
    </message>
    <message>
        <source>“{text}” ({panel}): {fields} are no fields of a table, and are printed as they stand.</source>
        <translation>„{text}“ ({panel}): {fields} sind keine Felder einer Tabelle und werden gedruckt, wie sie dastehen.</translation>
    </message>
    <message>
        <source>“{text}” ({panel}): {fields} is no field of a table, and is printed as it stands.</source>
        <translation>„{text}“ ({panel}): {fields} ist kein Feld einer Tabelle und wird gedruckt, wie es dasteht.</translation>
    </message>
    <message>
        <source>“{text}” ({panel}): the table has no column for {fields}, and nothing is printed there.</source>
        <translation>„{text}“ ({panel}): Die Tabelle hat keine Spalte für {fields}; dort wird nichts gedruckt.</translation>
    </message>
    <message>
        <source>Correct it, or remove it to get the default.</source>
        <translation>Die Einstellung berichtigen oder entfernen; dann gilt die Voreinstellung.</translation>
    </message>
    <message>
        <source>The setting {variable}{place} cannot be used: {reason}.</source>
        <translation>Die Einstellung {variable}{place} ist nicht brauchbar: {reason}.</translation>
    </message>
    <message>
        <source>Use redis://host:port/number, rediss:// for TLS, or unix:///path; a password with / ? # @ needs them as %2F %3F %23 %40.</source>
        <translation>redis://host:port/zahl verwenden, rediss:// für TLS oder unix:///pfad; ein Passwort mit / ? # @ schreibt sie als %2F %3F %23 %40.</translation>
    </message>
    <message>
        <source>“{address}” is not the address of a Redis server.</source>
        <translation>„{address}“ ist nicht die Adresse eines Redis-Servers.</translation>
    </message>
    <message>
        <source>Ask for it again, from somebody you trust.</source>
        <translation>Jemanden, dem Sie vertrauen, noch einmal darum bitten.</translation>
    </message>
    <message>
        <source>The file was not opened: it contains {what}.</source>
        <translation>Die Datei wurde nicht geöffnet: Sie enthält {what}.</translation>
    </message>
    <message>
        <source>Ask whoever made it for smaller pictures.</source>
        <translation>Wer es gemacht hat, um kleinere Bilder bitten.</translation>
    </message>
    <message>
        <source>more entries than a bundle has</source>
        <translation>mehr Einträge, als ein Bündel hat</translation>
    </message>
    <message>
        <source>an entry with another name than a bundle&apos;s</source>
        <translation>einen Eintrag mit anderem Namen als denen eines Bündels</translation>
    </message>
    <message>
        <source>a link or a device</source>
        <translation>eine Verknüpfung oder ein Gerät</translation>
    </message>
    <message>
        <source>an entry that is encrypted or packed in an unusual way</source>
        <translation>einen Eintrag, der verschlüsselt oder ungewöhnlich gepackt ist</translation>
    </message>
    <message>
        <source>an entry that is too large</source>
        <translation>einen zu großen Eintrag</translation>
    </message>
    <message>
        <source>an entry that grows beyond measure when it is unpacked</source>
        <translation>einen Eintrag, der beim Entpacken maßlos wächst</translation>
    </message>
    <message>
        <source>The bundle {file} cannot be read.</source>
        <translation>Das Bündel {file} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The file has {size:.0f} MB; a bundle has at most {most}.</source>
        <translation>Die Datei hat {size:.0f} MB; ein Bündel hat höchstens {most}.</translation>
    </message>
    <message>
        <source>an entry twice</source>
        <translation>einen Eintrag zweimal</translation>
    </message>
    <message>
        <source>more than a bundle can hold</source>
        <translation>mehr, als ein Bündel fassen kann</translation>
    </message>
    <message>
        <source>The bundle is damaged, and nothing in it could be saved.</source>
        <translation>Das Bündel ist beschädigt; nichts darin war zu retten.</translation>
    </message>
    <message>
        <source>Copy it again, or ask for it again.</source>
        <translation>Es noch einmal kopieren oder noch einmal darum bitten.</translation>
    </message>
    <message>
        <source>The file is not a packdesk bundle.</source>
        <translation>Die Datei ist kein packdesk-Bündel.</translation>
    </message>
    <message>
        <source>Name one that packdesk has saved; it ends in .packdesk.</source>
        <translation>Eines nennen, das packdesk gespeichert hat; es endet auf .packdesk.</translation>
    </message>
    <message>
        <source>The bundle was saved by a newer packdesk.</source>
        <translation>Das Bündel stammt von einem neueren packdesk.</translation>
    </message>
    <message>
        <source>Update packdesk to open it.</source>
        <translation>packdesk aktualisieren, um es zu öffnen.</translation>
    </message>
    <message>
        <source>Other programs keep more in this design than a bundle can hold.</source>
        <translation>Andere Programme haben in diesem Entwurf mehr abgelegt, als ein Bündel fassen kann.</translation>
    </message>
    <message>
        <source>Start a new design, or have that program take its data out.</source>
        <translation>Einen neuen Entwurf beginnen oder jenes Programm seine Daten herausnehmen lassen.</translation>
    </message>
    <message>
        <source>The Redis server at {place} cannot be reached.</source>
        <translation>Der Redis-Server {place} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Start it, check address and network, or empty the server&apos;s address in the settings to work on this computer.</source>
        <translation>Ihn starten, Adresse und Netzwerk prüfen, oder die Serveradresse in den Einstellungen leeren, um auf diesem Computer zu arbeiten.</translation>
    </message>
    <message>
        <source>The Redis server at {place} took the connection but does not answer.</source>
        <translation>Der Redis-Server {place} nahm die Verbindung an, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>It may be overloaded or stopped; packdesk goes on by itself when it answers.</source>
        <translation>Er ist vielleicht überlastet oder angehalten; packdesk macht von selbst weiter, wenn er antwortet.</translation>
    </message>
    <message>
        <source>The Redis server at {place} took the connection but does not answer in TLS.</source>
        <translation>Der Redis-Server {place} nahm die Verbindung an, antwortet aber nicht in TLS.</translation>
    </message>
    <message>
        <source>It may speak no TLS on this port (then use redis://), or be overloaded or stopped.</source>
        <translation>Vielleicht spricht er an diesem Port kein TLS (dann redis:// verwenden), ist überlastet oder angehalten.</translation>
    </message>
    <message>
        <source>The Redis server at {place} took the connection and closed it at once.</source>
        <translation>Der Redis-Server {place} nahm die Verbindung an und schloss sie sofort.</translation>
    </message>
    <message>
        <source>It may be a TLS port (then use rediss://), just restarting, or no Redis server.</source>
        <translation>Vielleicht ist es ein TLS-Port (dann rediss:// verwenden), er startet gerade neu, oder es ist kein Redis-Server.</translation>
    </message>
    <message>
        <source>The Redis server at {place} has no room for another connection.</source>
        <translation>Der Redis-Server {place} hat keinen Platz für eine weitere Verbindung.</translation>
    </message>
    <message>
        <source>Close programs that use it, or raise maxclients in redis.conf.</source>
        <translation>Programme schließen, die ihn verwenden, oder maxclients in redis.conf erhöhen.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is busy with a long script of another program.</source>
        <translation>Der Redis-Server {place} ist mit einem langen Skript eines anderen Programms beschäftigt.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is a replica that has lost its primary server.</source>
        <translation>Der Redis-Server {place} ist eine Kopie, die ihren Hauptserver verloren hat.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is starting and still loads its data.</source>
        <translation>Der Redis-Server {place} startet und lädt noch seine Daten.</translation>
    </message>
    <message>
        <source>packdesk goes on by itself when it is ready.</source>
        <translation>packdesk macht von selbst weiter, wenn er bereit ist.</translation>
    </message>
    <message>
        <source>The Redis server at {place} refused the user name or password.</source>
        <translation>Der Redis-Server {place} hat Benutzername oder Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>The Redis server at {place} wants a password, and its address has none.</source>
        <translation>Der Redis-Server {place} verlangt ein Passwort; seine Adresse hat keines.</translation>
    </message>
    <message>
        <source>The account at the Redis server at {place} may not do what packdesk needs.</source>
        <translation>Das Konto beim Redis-Server {place} darf nicht, was packdesk braucht.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is a read-only replica.</source>
        <translation>Der Redis-Server {place} ist eine schreibgeschützte Kopie.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is out of memory and takes no more writes.</source>
        <translation>Der Redis-Server {place} hat keinen Arbeitsspeicher mehr und nimmt nichts mehr an.</translation>
    </message>
    <message>
        <source>Raise maxmemory or free some on the server; nothing was changed.</source>
        <translation>maxmemory erhöhen oder auf dem Server Speicher freigeben; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The Redis server at {place} cannot save to its disk and takes no more writes.</source>
        <translation>Der Redis-Server {place} kann nicht auf seine Festplatte schreiben und nimmt nichts mehr an.</translation>
    </message>
    <message>
        <source>Look at its log and free space on its disk; nothing was changed.</source>
        <translation>Sein Protokoll ansehen und auf seiner Festplatte Platz schaffen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The Redis server at {place} misses its replicas and takes no more writes.</source>
        <translation>Der Redis-Server {place} vermisst seine Kopien und nimmt nichts mehr an.</translation>
    </message>
    <message>
        <source>Start them, or lower min-replicas-to-write; nothing was changed.</source>
        <translation>Die Kopien starten oder min-replicas-to-write senken; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The Redis server at {place} is in protected mode and takes no programs of other machines.</source>
        <translation>Der Redis-Server {place} ist im geschützten Modus und nimmt keine Programme anderer Computer an.</translation>
    </message>
    <message>
        <source>The Redis server at {place} has no database of that number.</source>
        <translation>Der Redis-Server {place} hat keine Datenbank mit dieser Nummer.</translation>
    </message>
    <message>
        <source>The Redis server at {place} belongs to a cluster, which has database 0 only.</source>
        <translation>Der Redis-Server {place} gehört zu einem Cluster; dort gibt es nur die Datenbank 0.</translation>
    </message>
    <message>
        <source>End the server&apos;s address in the settings in /0, or leave the number out.</source>
        <translation>Die Serveradresse in den Einstellungen mit /0 enden lassen oder die Zahl weglassen.</translation>
    </message>
    <message>
        <source>What answers at {place} does not know the commands packdesk needs.</source>
        <translation>Was unter {place} antwortet, kennt die Befehle nicht, die packdesk braucht.</translation>
    </message>
    <message>
        <source>It may be a Redis Sentinel (usual port 26379), which keeps no data: point the address at the server it watches. Or it is older than Redis 6, or allows no scripts.</source>
        <translation>Vielleicht ist es ein Redis Sentinel (üblicher Port 26379), der keine Daten hält: die Adresse auf den Server richten, den er überwacht. Oder er ist älter als Redis 6 oder erlaubt keine Skripte.</translation>
    </message>
    <message>
        <source>The Redis server at {place} belongs to a cluster that keeps the design elsewhere or is incomplete.</source>
        <translation>Der Redis-Server {place} gehört zu einem Cluster, das den Entwurf anderswo hält oder unvollständig ist.</translation>
    </message>
    <message>
        <source>Point the server&apos;s address in the settings at the node that keeps the design.</source>
        <translation>Die Serveradresse in den Einstellungen auf den Knoten richten, der den Entwurf hält.</translation>
    </message>
    <message>
        <source>The certificate of the Redis server at {place} is not trusted.</source>
        <translation>Dem Zertifikat des Redis-Servers {place} wird nicht vertraut.</translation>
    </message>
    <message>
        <source>The Redis server at {place} wants a certificate from packdesk too.</source>
        <translation>Der Redis-Server {place} verlangt auch von packdesk ein Zertifikat.</translation>
    </message>
    <message>
        <source>The Redis server at {place} does not speak TLS on this port.</source>
        <translation>Der Redis-Server {place} spricht an diesem Port kein TLS.</translation>
    </message>
    <message>
        <source>Use redis:// instead of rediss://, or the server&apos;s TLS port.</source>
        <translation>redis:// statt rediss:// verwenden, oder den TLS-Port des Servers.</translation>
    </message>
    <message>
        <source>What answers at {place} is no Redis server.</source>
        <translation>Was unter {place} antwortet, ist kein Redis-Server.</translation>
    </message>
    <message>
        <source>The Redis server at {place} refused a command packdesk needs.</source>
        <translation>Der Redis-Server {place} hat einen Befehl verweigert, den packdesk braucht.</translation>
    </message>
    <message>
        <source>It has to be Redis 6 or newer (or Valkey) and allow scripts; or empty the server&apos;s address in the settings to work on this computer.</source>
        <translation>Es muss Redis 6 oder neuer sein (oder Valkey) und Skripte erlauben; oder die Serveradresse in den Einstellungen leeren, um auf diesem Computer zu arbeiten.</translation>
    </message>
    <message>
        <source>The Redis key packaging:current at {place} holds something other than a plain value.</source>
        <translation>Der Redis-Schlüssel packaging:current auf {place} enthält etwas anderes als einen einfachen Wert.</translation>
    </message>
    <message>
        <source>Wait for it.</source>
        <translation>Darauf warten.</translation>
    </message>
    <message>
        <source>No single unfinished job matches “{text}”.</source>
        <translation>Zu „{text}“ passt nicht genau ein unterbrochenes Erzeugen.</translation>
    </message>
    <message>
        <source>How the design looks cannot be kept in {folder}.</source>
        <translation>Wie der Entwurf aussieht, lässt sich nicht in {folder} speichern.</translation>
    </message>
    <message>
        <source>The file of prices {file} cannot be read: {place} is wrong.</source>
        <translation>Die Preisdatei {file} kann nicht gelesen werden: {place} ist falsch.</translation>
    </message>
    <message>
        <source>The ledger of spending {path} cannot be read.</source>
        <translation>Die Ausgabenliste {path} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The ledger of spending {path} cannot be written.</source>
        <translation>Die Ausgabenliste {path} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Correct it, or move it away to have the built-in prices.</source>
        <translation>Die Datei berichtigen oder verschieben: dann gelten die eingebauten Preise.</translation>
    </message>
    <message>
        <source>The file of prices {file} cannot be read.</source>
        <translation>Die Datei der Preise {file} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file of prices {file} cannot be written.</source>
        <translation>Die Datei der Preise {file} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The design is open read-only.</source>
        <translation>Der Entwurf ist schreibgeschützt geöffnet.</translation>
    </message>
    <message>
        <source>packdesk is offline, so it cannot tell which pictures the shared design uses.</source>
        <translation>packdesk ist offline und weiß nicht, welche Bilder der gemeinsame Entwurf braucht.</translation>
    </message>
    <message>
        <source>Tidy up when you are online.</source>
        <translation>Aufräumen, wenn Sie online sind.</translation>
    </message>
    <message>
        <source>packdesk was started offline, so the shared design is not changed.</source>
        <translation>packdesk wurde offline gestartet; der gemeinsame Entwurf wird nicht geändert.</translation>
    </message>
    <message>
        <source>A new size is kept and saved at the next start online.</source>
        <translation>Eine neue Größe wird aufgehoben und beim nächsten Start online gespeichert.</translation>
    </message>
    <message>
        <source>Check the folder and its free space.</source>
        <translation>Den Ordner und seinen freien Platz prüfen.</translation>
    </message>
    <message>
        <source>The remarks cannot be kept in {folder}.</source>
        <translation>Die Anmerkungen können in {folder} nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Close that window first.</source>
        <translation>Zuerst jenes Fenster schließen.</translation>
    </message>
    <message>
        <source>Check that the folder is yours and has free space.</source>
        <translation>Prüfen, ob der Ordner Ihnen gehört und freien Platz hat.</translation>
    </message>
    <message>
        <source>The design “{name}” is open in a window.</source>
        <translation>Der Entwurf „{name}“ ist in einem Fenster geöffnet.</translation>
    </message>
    <message>
        <source>Ask for one that was saved later.</source>
        <translation>Um ein später gespeichertes bitten.</translation>
    </message>
    <message>
        <source>The links cannot be kept in {folder}.</source>
        <translation>Die Verknüpfungen können in {folder} nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>The file of the design is locked by another program.</source>
        <translation>Die Datei des Entwurfs ist von einem anderen Programm gesperrt.</translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <translation>Jenes Programm schließen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Free some space. Until then you can look at the design and export it to another disk.</source>
        <translation>Platz schaffen. Bis dahin lässt sich der Entwurf ansehen und auf eine andere Festplatte exportieren.</translation>
    </message>
    <message>
        <source>Move it away; packdesk then starts with an empty design.</source>
        <translation>Die Datei wegbewegen; packdesk beginnt dann mit einem leeren Entwurf.</translation>
    </message>
    <message>
        <source>The design cannot be opened or saved in {path}.</source>
        <translation>Der Entwurf lässt sich in {path} weder öffnen noch speichern.</translation>
    </message>
    <message>
        <source>The disk is full: the design cannot be saved in {path}.</source>
        <translation>Die Festplatte ist voll: Der Entwurf lässt sich nicht in {path} speichern.</translation>
    </message>
    <message>
        <source>The file {path} is damaged, or does not hold a design.</source>
        <translation>Die Datei {path} ist beschädigt oder enthält keinen Entwurf.</translation>
    </message>
    <message>
        <source>This is no table packdesk can read.</source>
        <translation>Das ist keine Tabelle, die packdesk lesen kann.</translation>
    </message>
    <message>
        <source>Save it as CSV or XLSX, and name that file.</source>
        <translation>Als CSV oder XLSX speichern und diese Datei nennen.</translation>
    </message>
    <message>
        <source>A text in the table begins with a quotation mark and never ends.</source>
        <translation>Ein Text in der Tabelle beginnt mit einem Anführungszeichen und endet nie.</translation>
    </message>
    <message>
        <source>Close it, or save the table anew as CSV.</source>
        <translation>Schließen, oder die Tabelle neu als CSV speichern.</translation>
    </message>
    <message>
        <source>Take the cells apart, and write the value into each of them.</source>
        <translation>Die Zellen trennen und den Wert in jede schreiben.</translation>
    </message>
    <message>
        <source>Give it the format Text, and write again what was meant.</source>
        <translation>Ihr das Format Text geben und neu schreiben, was gemeint war.</translation>
    </message>
    <message>
        <source>Open the table in a spreadsheet and save it, or put the values in place of the formulas.</source>
        <translation>Die Tabelle in einer Tabellenkalkulation öffnen und speichern, oder Werte an die Stelle der Formeln setzen.</translation>
    </message>
    <message>
        <source>Mend it in the spreadsheet.</source>
        <translation>In der Tabellenkalkulation in Ordnung bringen.</translation>
    </message>
    <message>
        <source>Split the table.</source>
        <translation>Die Tabelle teilen.</translation>
    </message>
    <message>
        <source>The table is empty.</source>
        <translation>Die Tabelle ist leer.</translation>
    </message>
    <message>
        <source>Write headings in its first row, a product in each other.</source>
        <translation>In die erste Zeile Überschriften schreiben, in jede andere ein Produkt.</translation>
    </message>
    <message>
        <source>The table has headings, but no row below them.</source>
        <translation>Die Tabelle hat Überschriften, aber keine Zeile darunter.</translation>
    </message>
    <message>
        <source>Write a product in each row below.</source>
        <translation>Darunter in jede Zeile ein Produkt schreiben.</translation>
    </message>
    <message>
        <source>Leave out the columns that are not needed.</source>
        <translation>Spalten weglassen, die nicht gebraucht werden.</translation>
    </message>
    <message>
        <source>The cell {cell} is merged with others.</source>
        <translation>Die Zelle {cell} ist mit anderen verbunden.</translation>
    </message>
    <message>
        <source>The cell {cell} is a date or a time.</source>
        <translation>Die Zelle {cell} ist ein Datum oder eine Uhrzeit.</translation>
    </message>
    <message>
        <source>The formula in {cell} has no result in the file.</source>
        <translation>Die Formel in {cell} hat in der Datei kein Ergebnis.</translation>
    </message>
    <message>
        <source>The formula in {cell} ends in an error.</source>
        <translation>Die Formel in {cell} endet in einem Fehler.</translation>
    </message>
    <message>
        <source>Name the file of a table.</source>
        <translation>Die Datei einer Tabelle nennen.</translation>
    </message>
    <message>
        <source>Name no sheet.</source>
        <translation>Kein Blatt nennen.</translation>
    </message>
    <message>
        <source>The cell {cell} is true or false, and no text.</source>
        <translation>Die Zelle {cell} ist WAHR oder FALSCH und kein Text.</translation>
    </message>
    <message>
        <source>The cell {cell} shows its number in a format that is not known here.</source>
        <translation>Die Zelle {cell} zeigt ihre Zahl in einem Format, das hier nicht bekannt ist.</translation>
    </message>
    <message>
        <source>{file} is no workbook, and has no sheets.</source>
        <translation>{file} ist keine Arbeitsmappe und hat keine Blätter.</translation>
    </message>
    <message>
        <source>A table&apos;s file has at most {most} MB.</source>
        <translation>Die Datei einer Tabelle hat höchstens {most} MB.</translation>
    </message>
    <message>
        <source>The sheet “{name}” of the workbook is read, and of the others ({others}) nothing.</source>
        <translation>Gelesen wird das Blatt „{name}“ der Arbeitsmappe, von den anderen ({others}) nichts.</translation>
    </message>
    <message>
        <source>Rows that are hidden in the workbook are made like the others: {rows}.</source>
        <translation>Zeilen, die in der Arbeitsmappe ausgeblendet sind, werden wie die anderen angelegt: {rows}.</translation>
    </message>
    <message>
        <source>The table has {count:,} columns; {most} are possible.</source>
        <translation>Die Tabelle hat {count:,} Spalten; {most} sind möglich.</translation>
    </message>
    <message>
        <source>Give each column a name of its own.</source>
        <translation>Jeder Spalte einen eigenen Namen geben.</translation>
    </message>
    <message>
        <source>The cell has {count:,} characters; {most:,} are possible.</source>
        <translation>Die Zelle hat {count:,} Zeichen; {most:,} sind möglich.</translation>
    </message>
    <message>
        <source>The table has more than {most:,} rows.</source>
        <translation>Die Tabelle hat mehr als {most:,} Zeilen.</translation>
    </message>
    <message>
        <source>The columns {first} and {second} are both called “{heading}”.</source>
        <translation>Die Spalten {first} und {second} heißen beide „{heading}“.</translation>
    </message>
    <message>
        <source>A file is there already, and not of this range: {name}. Its row will fail.</source>
        <translation>Eine Datei ist schon da und nicht von diesem Sortiment: {name}. Ihre Zeile wird fehlschlagen.</translation>
    </message>
    <message>
        <source>{count} of the files are there already, and not of this range, such as {name}. Their rows will fail.</source>
        <translation>{count} der Dateien sind schon da und nicht von diesem Sortiment, etwa {name}. Ihre Zeilen werden fehlschlagen.</translation>
    </message>
    <message>
        <source>The column “{column}” is taken for the width of boxes (rows: {count} of {total}).</source>
        <translation>Die Spalte „{column}“ gilt bei Schachteln als Breite (Zeilen: {count} von {total}).</translation>
    </message>
    <message>
        <source>The headings have to stand in one row above the products, one for each column.</source>
        <translation>Die Überschriften müssen in einer Zeile über den Produkten stehen, für jede Spalte eine.</translation>
    </message>
    <message>
        <source>The row has more cells than there are headings.</source>
        <translation>Die Zeile hat mehr Zellen, als es Überschriften gibt.</translation>
    </message>
    <message>
        <source>Look for a separator within a text: such a text stands in quotes.</source>
        <translation>Ein Trennzeichen innerhalb eines Textes suchen: Ein solcher Text steht in Anführungszeichen.</translation>
    </message>
    <message>
        <source>The row is wider than the headings: above {cell} there is none.</source>
        <translation>Die Zeile ist breiter als die Überschriften: Über {cell} steht keine.</translation>
    </message>
    <message>
        <source>The row is wider than the headings of the sheet “{sheet}”: above {cell} there is none.</source>
        <translation>Die Zeile ist breiter als die Überschriften des Blatts „{sheet}“: Über {cell} steht keine.</translation>
    </message>
    <message>
        <source>The headings are taken from row {row}.</source>
        <translation>Die Überschriften stammen aus Zeile {row}.</translation>
    </message>
    <message>
        <source>Row {row} repeats the headings, and is left out.</source>
        <translation>Zeile {row} wiederholt die Überschriften und entfällt.</translation>
    </message>
    <message>
        <source>The sheet “{name}” of the workbook is read, and nothing of the other one ({other}).</source>
        <translation>Gelesen wird das Blatt „{name}“ der Arbeitsmappe, vom anderen ({other}) nichts.</translation>
    </message>
    <message>
        <source>Rows {rows} repeat the headings, and are left out.</source>
        <translation>Die Zeilen {rows} wiederholen die Überschriften und entfallen.</translation>
    </message>
    <message>
        <source>The workbook is damaged, locked, or none.</source>
        <translation>Die Arbeitsmappe ist beschädigt, gesperrt oder keine.</translation>
    </message>
    <message>
        <source>Save it anew as XLSX or CSV.</source>
        <translation>Neu als XLSX oder CSV speichern.</translation>
    </message>
    <message>
        <source>Delete what stands far off from the table, or save the sheet as CSV.</source>
        <translation>Löschen, was weit abseits der Tabelle steht, oder das Blatt als CSV speichern.</translation>
    </message>
    <message>
        <source>The workbook takes too much time or memory to be read.</source>
        <translation>Die Arbeitsmappe braucht zu viel Zeit oder Speicher.</translation>
    </message>
    <message>
        <source>Save the one sheet as CSV, or split it.</source>
        <translation>Das eine Blatt als CSV speichern oder teilen.</translation>
    </message>
    <message>
        <source>The sheet reaches down to row {row:,} and to its column {column:,}, too far to be read.</source>
        <translation>Das Blatt reicht bis Zeile {row:,} und bis zu seiner Spalte {column:,}, zu weit, um gelesen zu werden.</translation>
    </message>
    <message>
        <source>Nothing on this computer reads workbooks for packdesk.</source>
        <translation>Auf diesem Computer liest nichts Arbeitsmappen für packdesk.</translation>
    </message>
    <message>
        <source>Save the table as CSV.</source>
        <translation>Die Tabelle als CSV speichern.</translation>
    </message>
    <message>
        <source>There is no sheet “{name}” in the workbook.</source>
        <translation>Die Arbeitsmappe hat kein Blatt „{name}“.</translation>
    </message>
    <message>
        <source>Its sheets are: {names}.</source>
        <translation>Ihre Blätter sind: {names}.</translation>
    </message>
    <message>
        <source>The picture is a JPEG with too many passes to be shown.</source>
        <translation>Das Bild ist ein JPEG mit zu vielen Durchgängen.</translation>
    </message>
    <message>
        <source>Save it anew as an ordinary JPEG or PNG.</source>
        <translation>Es neu als gewöhnliches JPEG oder PNG speichern.</translation>
    </message>
    <message>
        <source>The picture is animated.</source>
        <translation>Das Bild ist animiert.</translation>
    </message>
    <message>
        <source>Use a still picture.</source>
        <translation>Ein stehendes Bild verwenden.</translation>
    </message>
    <message>
        <source>There is nothing to be seen in this picture.</source>
        <translation>Auf diesem Bild ist nichts zu sehen.</translation>
    </message>
    <message>
        <source>Look at it in the program it is from: it may be hidden there, or have neither fill nor line.</source>
        <translation>Im Programm nachsehen, aus dem es ist: Vielleicht ist es dort ausgeblendet oder hat weder Füllung noch Linie.</translation>
    </message>
    <message>
        <source>Only PDF documents have pages and layers to choose from.</source>
        <translation>Nur in PDF-Dokumenten lassen sich Seiten und Ebenen wählen.</translation>
    </message>
    <message>
        <source>Leave page and layers out.</source>
        <translation>Seite und Ebenen weglassen.</translation>
    </message>
    <message>
        <source>The picture is too large: {width} x {height} pixels.</source>
        <translation>Das Bild ist zu groß: {width} x {height} Pixel.</translation>
    </message>
    <message>
        <source>Scale it down to at most {most} megapixels.</source>
        <translation>Es auf höchstens {most} Megapixel verkleinern.</translation>
    </message>
    <message>
        <source>The picture is too small: {width} x {height} pixels.</source>
        <translation>Das Bild ist zu klein: {width} x {height} Pixel.</translation>
    </message>
    <message>
        <source>Use one of at least {least} pixels a side.</source>
        <translation>Eines mit mindestens {least} Pixeln je Seite verwenden.</translation>
    </message>
    <message>
        <source>Check the network, or generate the panel again.</source>
        <translation>Das Netzwerk prüfen oder die Seite noch einmal erzeugen.</translation>
    </message>
    <message>
        <source>The picture of this panel could not be fetched from {place}.</source>
        <translation>Das Bild dieser Seite ließ sich nicht von {place} holen.</translation>
    </message>
    <message>
        <source>The picture of this panel is at {place}, inside a private network.</source>
        <translation>Das Bild dieser Seite liegt auf {place} in einem privaten Netzwerk.</translation>
    </message>
    <message>
        <source>The drawing&apos;s size is no number.</source>
        <translation>Die Größe der Zeichnung ist keine Zahl.</translation>
    </message>
    <message>
        <source>Set the size of its page in millimetres, and save it again.</source>
        <translation>Die Größe ihrer Seite in Millimetern festlegen und sie neu speichern.</translation>
    </message>
    <message>
        <source>The document has no such page.</source>
        <translation>Diese Seite hat das Dokument nicht.</translation>
    </message>
    <message>
        <source>Choose one of its pages.</source>
        <translation>Eine seiner Seiten wählen.</translation>
    </message>
    <message>
        <source>The document has no such layer.</source>
        <translation>Diese Ebene hat das Dokument nicht.</translation>
    </message>
    <message>
        <source>Choose layers by their exact names.</source>
        <translation>Ebenen mit ihrem genauen Namen wählen.</translation>
    </message>
    <message>
        <source>There is no picture in what the browser gave.</source>
        <translation>Der Browser hat kein Bild übergeben.</translation>
    </message>
    <message>
        <source>Save the picture in the browser, and drop the file.</source>
        <translation>Das Bild im Browser speichern und die Datei hierher ziehen.</translation>
    </message>
    <message>
        <source>a Canon raw picture (CR3)</source>
        <translation>ein Canon-Rohbild (CR3)</translation>
    </message>
    <message>
        <source>a HEIF picture</source>
        <translation>ein HEIF-Bild</translation>
    </message>
    <message>
        <source>a GIF picture</source>
        <translation>ein GIF-Bild</translation>
    </message>
    <message>
        <source>a PostScript document (EPS)</source>
        <translation>ein PostScript-Dokument (EPS)</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>ein JPEG-XL-Bild</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>ein JPEG-2000-Bild</translation>
    </message>
    <message>
        <source>an MNG animation</source>
        <translation>eine MNG-Animation</translation>
    </message>
    <message>
        <source>a Windows icon (ICO)</source>
        <translation>ein Windows-Symbol (ICO)</translation>
    </message>
    <message>
        <source>a macOS icon (ICNS)</source>
        <translation>ein macOS-Symbol (ICNS)</translation>
    </message>
    <message>
        <source>a GIMP document (XCF)</source>
        <translation>ein GIMP-Dokument (XCF)</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>ein OpenEXR-Bild</translation>
    </message>
    <message>
        <source>a Radiance HDR picture</source>
        <translation>ein Radiance-HDR-Bild</translation>
    </message>
    <message>
        <source>a QOI picture</source>
        <translation>ein QOI-Bild</translation>
    </message>
    <message>
        <source>a DDS picture</source>
        <translation>ein DDS-Bild</translation>
    </message>
    <message>
        <source>a Windows metafile (WMF)</source>
        <translation>eine Windows-Metadatei (WMF)</translation>
    </message>
    <message>
        <source>an InDesign document</source>
        <translation>ein InDesign-Dokument</translation>
    </message>
    <message>
        <source>an AutoCAD drawing (DWG)</source>
        <translation>eine AutoCAD-Zeichnung (DWG)</translation>
    </message>
    <message>
        <source>an Affinity document</source>
        <translation>ein Affinity-Dokument</translation>
    </message>
    <message>
        <source>a Clip Studio Paint document (CLIP)</source>
        <translation>ein Clip-Studio-Paint-Dokument (CLIP)</translation>
    </message>
    <message>
        <source>a Krita document (KRA)</source>
        <translation>ein Krita-Dokument (KRA)</translation>
    </message>
    <message>
        <source>an OpenRaster picture (ORA)</source>
        <translation>ein OpenRaster-Bild (ORA)</translation>
    </message>
    <message>
        <source>a CorelDRAW document (CDR)</source>
        <translation>ein CorelDRAW-Dokument (CDR)</translation>
    </message>
    <message>
        <source>an OpenDocument file</source>
        <translation>eine OpenDocument-Datei</translation>
    </message>
    <message>
        <source>a ZIP archive or a document kept in one</source>
        <translation>ein ZIP-Archiv oder ein Dokument darin</translation>
    </message>
    <message>
        <source>a file compressed by gzip</source>
        <translation>eine mit gzip gepackte Datei</translation>
    </message>
    <message>
        <source>a BMP picture</source>
        <translation>ein BMP-Bild</translation>
    </message>
    <message>
        <source>Scale it down, or save it as JPEG.</source>
        <translation>Verkleinern oder als JPEG speichern.</translation>
    </message>
    <message>
        <source>The picture file has more than {most} MB.</source>
        <translation>Die Bilddatei hat mehr als {most} MB.</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>The picture of this panel is not on this computer.</source>
        <translation>Das Bild dieser Seite ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Generate the panel again, or connect the shared artwork folder it was saved in.</source>
        <translation>Die Seite noch einmal erzeugen oder den gemeinsamen Ordner der Motive verbinden, in dem es liegt.</translation>
    </message>
    <message>
        <source>Pictures cannot be saved in {folder}.</source>
        <translation>Bilder lassen sich nicht in {folder} speichern.</translation>
    </message>
    <message>
        <source>Lettering could not be set.</source>
        <translation>Die Schrift konnte nicht gesetzt werden.</translation>
    </message>
    <message>
        <source>The objects of this panel are not on this computer.</source>
        <translation>Die Objekte dieser Seite sind nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The picture stored in the design is damaged.</source>
        <translation>Das im Entwurf gespeicherte Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>Generate the panel again.</source>
        <translation>Die Seite noch einmal erzeugen.</translation>
    </message>
    <message>
        <source>Generate or import the panel again.</source>
        <translation>Die Seite noch einmal erzeugen oder importieren.</translation>
    </message>
    <message>
        <source>packdesk is offline, and the picture of this panel was never loaded on this computer.</source>
        <translation>packdesk ist offline, und das Bild dieser Seite wurde auf diesem Computer noch nie geladen.</translation>
    </message>
    <message>
        <source>Start packdesk online to fetch it.</source>
        <translation>packdesk online starten, um es zu holen.</translation>
    </message>
    <message>
        <source>The address of this panel&apos;s picture starts with “{scheme}:”, which packdesk cannot read.</source>
        <translation>Die Adresse des Bildes dieser Seite beginnt mit „{scheme}:“; das kann packdesk nicht lesen.</translation>
    </message>
    <message>
        <source>The picture of this panel is in a folder packdesk does not read.</source>
        <translation>Das Bild dieser Seite liegt in einem Ordner, den packdesk nicht liest.</translation>
    </message>
    <message>
        <source>Import the picture.</source>
        <translation>Das Bild importieren.</translation>
    </message>
    <message>
        <source>The file with the picture of this panel is not on this computer.</source>
        <translation>Die Datei mit dem Bild dieser Seite ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>The clipboard holds no picture.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Copy a picture, its file, or its address in a browser.</source>
        <translation>Ein Bild, seine Datei oder seine Adresse im Browser kopieren.</translation>
    </message>
    <message>
        <source>Use -360 to 360; -90 looks at the front, 0 at the right side.</source>
        <translation>-360 bis 360 verwenden; -90 blickt auf die Front, 0 auf die rechte Seite.</translation>
    </message>
    <message>
        <source>Use -90, from below, to 90, from above.</source>
        <translation>-90, von unten, bis 90, von oben, verwenden.</translation>
    </message>
    <message>
        <source>An azimuth of {azimuth:g} degrees is not possible.</source>
        <translation>Ein Winkel von {azimuth:g} Grad ist nicht möglich.</translation>
    </message>
    <message>
        <source>An elevation of {elevation:g} degrees is not possible.</source>
        <translation>Eine Höhe von {elevation:g} Grad ist nicht möglich.</translation>
    </message>
    <message>
        <source>This display offers no OpenGL, so the package cannot be shown in 3D.</source>
        <translation>Dieser Bildschirm bietet kein OpenGL; die Verpackung lässt sich nicht in 3D zeigen.</translation>
    </message>
    <message>
        <source>The 3D view cannot be drawn: {reason}</source>
        <translation>Die 3D-Ansicht lässt sich nicht zeichnen: {reason}</translation>
    </message>
    <message>
        <source>This computer offers {kind} {major}.{minor}, but the 3D view needs {least}.{least_minor}.</source>
        <translation>Dieser Computer bietet {kind} {major}.{minor}, die 3D-Ansicht braucht aber {least}.{least_minor}.</translation>
    </message>
    <message>
        <source>Use light, dark, transparent, or a colour such as #aabbcc.</source>
        <translation>Hell, dunkel, durchsichtig oder eine Farbe wie #aabbcc verwenden.</translation>
    </message>
    <message>
        <source>“{text}” is not a background.</source>
        <translation>„{text}“ ist kein Hintergrund.</translation>
    </message>
    <message>
        <source>An exposure of {value:g} stops is not possible.</source>
        <translation>Eine Belichtung von {value:g} Stufen ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use -{most:g} to {most:g}; 0 is neither darker nor lighter, 1 twice the light.</source>
        <translation>-{most:g} bis {most:g} verwenden; 0 ist weder dunkler noch heller, 1 doppelt so hell.</translation>
    </message>
    <message>
        <source>Choose a smaller picture.</source>
        <translation>Ein kleineres Bild wählen.</translation>
    </message>
    <message>
        <source>Save it as PNG, JPEG, TIFF, PDF or SVG in another program.</source>
        <translation>In einem anderen Programm als PNG, JPEG, TIFF, PDF oder SVG speichern.</translation>
    </message>
    <message>
        <source>The picture file is empty.</source>
        <translation>Die Bilddatei ist leer.</translation>
    </message>
    <message>
        <source>This is no picture packdesk can read.</source>
        <translation>Das ist kein Bild, das packdesk lesen kann.</translation>
    </message>
    <message>
        <source>This is no picture packdesk can read but {kind}.</source>
        <translation>Das ist kein Bild, das packdesk lesen kann, sondern {kind}.</translation>
    </message>
    <message>
        <source>Name the file of a picture.</source>
        <translation>Die Datei eines Bildes nennen.</translation>
    </message>
    <message>
        <source>The picture takes too much time or memory to be read.</source>
        <translation>Das Bild zu lesen braucht zu viel Zeit oder Speicher.</translation>
    </message>
    <message>
        <source>Save it with less in it, or as PNG or JPEG of the size it is printed at.</source>
        <translation>Mit weniger Inhalt speichern, oder als PNG oder JPEG in der Größe, in der es gedruckt wird.</translation>
    </message>
    <message>
        <source>Save the picture as PNG or JPEG.</source>
        <translation>Das Bild als PNG oder JPEG speichern.</translation>
    </message>
    <message>
        <source>The {kind} file is damaged.</source>
        <translation>Die {kind}-Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>Nothing on this computer reads {kind} files for packdesk.</source>
        <translation>Auf diesem Rechner liest nichts {kind}-Dateien für packdesk.</translation>
    </message>
    <message>
        <source>The document is locked by a password.</source>
        <translation>Das Dokument ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Save a copy without a password.</source>
        <translation>Eine Kopie ohne Passwort speichern.</translation>
    </message>
    <message>
        <source>The picture has pixels of a kind packdesk cannot read.</source>
        <translation>Das Bild hat Pixel einer Art, die packdesk nicht lesen kann.</translation>
    </message>
    <message>
        <source>Save it with 8 bits a channel, as RGB or CMYK.</source>
        <translation>Mit 8 Bit je Kanal speichern, als RGB oder CMYK.</translation>
    </message>
    <message>
        <source>The Photoshop document has no flattened picture in it.</source>
        <translation>Im Photoshop-Dokument ist kein auf eine Ebene reduziertes Bild.</translation>
    </message>
    <message>
        <source>Save it with “Maximize compatibility”, or as TIFF or PNG.</source>
        <translation>Mit „Kompatibilität maximieren“ speichern, oder als TIFF oder PNG.</translation>
    </message>
    <message>
        <source>The Illustrator document was saved without its PDF.</source>
        <translation>Das Illustrator-Dokument wurde ohne sein PDF gespeichert.</translation>
    </message>
    <message>
        <source>Save it with “Create PDF Compatible File”, or as PDF or SVG.</source>
        <translation>Mit „PDF-kompatible Datei erstellen“ speichern, oder als PDF oder SVG.</translation>
    </message>
    <message>
        <source>a large Photoshop document (PSB)</source>
        <translation>ein großes Photoshop-Dokument (PSB)</translation>
    </message>
    <message>
        <source>Nothing can be drawn: OpenGL is gone.</source>
        <translation>Nichts lässt sich zeichnen: OpenGL ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The graphics driver cannot draw the package: {reason}</source>
        <translation>Der Grafiktreiber kann die Verpackung nicht zeichnen: {reason}</translation>
    </message>
    <message>
        <source>The graphics driver has no room for the picture.</source>
        <translation>Der Grafiktreiber hat keinen Platz für das Bild.</translation>
    </message>
    <message>
        <source>A picture of {width} x {height} pixels cannot be made.</source>
        <translation>Ein Bild mit {width} x {height} Pixeln ist nicht möglich.</translation>
    </message>
    <message>
        <source>Use 1 to {most} pixels a side.</source>
        <translation>1 bis {most} Pixel je Seite verwenden.</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of {width} x {height} pixels.</source>
        <translation>Für ein Bild mit {width} x {height} Pixeln reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>This display offers no OpenGL, so nothing can be drawn in 3D.</source>
        <translation>Dieser Bildschirm bietet kein OpenGL; nichts lässt sich in 3D zeichnen.</translation>
    </message>
    <message>
        <source>OpenGL could not be started on this display.</source>
        <translation>OpenGL ließ sich auf diesem Bildschirm nicht starten.</translation>
    </message>
</context>
<context>
    <name>spoken</name>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>supplied</name>
    <message>
        <source>upper left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <source>upper right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <source>lower left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <source>lower right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation>{0} in {1}</translation>
    </message>
    <message>
        <source>{0} without a unit, taken as {1}</source>
        <translation>{0} ohne Einheit, als {1} gelesen</translation>
    </message>
    <message>
        <source>{0} of {1} lines are compared</source>
        <translation>{0} von {1} Linien verglichen</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>pixels (1/96 in)</source>
        <translation>Pixeln (1/96 in)</translation>
    </message>
    <message>
        <source>{0} only in theirs</source>
        <translation>{0} nur in der fremden</translation>
    </message>
    <message>
        <source>No line differs by more than {0}</source>
        <translation>Keine Linie weicht um mehr als {0} ab</translation>
    </message>
    <message>
        <source>1 line differs by more than {0}</source>
        <translation>1 Linie weicht um mehr als {0} ab</translation>
    </message>
    <message>
        <source>{0} lines differ by more than {1}</source>
        <translation>{0} Linien weichen um mehr als {1} ab</translation>
    </message>
    <message>
        <source>not in ours</source>
        <translation>fehlt hier</translation>
    </message>
    <message>
        <source>none within {0}</source>
        <translation>keine im Umkreis von {0}</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Fremd</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Crease</source>
        <translation>Rillung</translation>
    </message>
    <message>
        <source>Perforation</source>
        <translation>Perforation</translation>
    </message>
    <message>
        <source>curve at {0} from the left, {1} from the top</source>
        <translation>Kurve, {0} von links, {1} von oben</translation>
    </message>
    <message>
        <source>upright, {0} long, {1} from the left</source>
        <translation>senkrecht, {0} lang, {1} von links</translation>
    </message>
    <message>
        <source>level, {0} long, {1} from the top</source>
        <translation>waagerecht, {0} lang, {1} von oben</translation>
    </message>
    <message>
        <source>slanted, at {0} from the left, {1} from the top</source>
        <translation>schräg, {0} von links, {1} von oben</translation>
    </message>
    <message>
        <source>Supplier&apos;s dieline</source>
        <translation>Stanzform des Lieferanten</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <source>{0} in²</source>
        <translation>{0} in²</translation>
    </message>
    <message>
        <source>{0} cm²</source>
        <translation>{0} cm²</translation>
    </message>
    <message>
        <source>{0} fl oz</source>
        <translation>{0} fl oz</translation>
    </message>
    <message>
        <source>{0} ml</source>
        <translation>{0} ml</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Rückseite</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Deckel</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Boden</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Mantel</translation>
    </message>
    <message>
        <source>{0} dpi</source>
        <translation>{0} dpi</translation>
    </message>
    <message>
        <source>Low: {0}</source>
        <translation>Niedrig: {0}</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>box</source>
        <translation>Schachtel</translation>
    </message>
    <message>
        <source>cylinder</source>
        <translation>Zylinder</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>bleed</source>
        <translation>Beschnitt</translation>
    </message>
    <message>
        <source>safe</source>
        <translation>Schutzabstand</translation>
    </message>
    <message>
        <source>caliper</source>
        <translation>Kartondicke</translation>
    </message>
    <message>
        <source>glue flap</source>
        <translation>Klebelasche</translation>
    </message>
    <message>
        <source>tuck</source>
        <translation>Einstecklasche</translation>
    </message>
    <message>
        <source>white</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>foil</source>
        <translation>Metallfolie</translation>
    </message>
    <message>
        <source>varnish</source>
        <translation>Lack</translation>
    </message>
    <message>
        <source>relief</source>
        <translation>Relief</translation>
    </message>
    <message>
        <source>diameter</source>
        <translation>Durchmesser</translation>
    </message>
</context>
</TS>
