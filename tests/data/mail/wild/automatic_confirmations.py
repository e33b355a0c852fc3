"""automatic_confirmations.py - confirmations of receipt by their subject, machines that ask the reader to offer something, guarded mailboxes that speak of themselves, and
persons who write in the same words."""
from automatic_usual import V
V('confirms 01', 'Eingangsbestätigung', '"Rechnungseingang Holzmann" <rechnung@holzmann-bau.example>', 'Guten Tag,\n\nIhre E-Mail ist bei uns eingegangen und wird nun bearbeitet.\n\nBuchhaltung Holzmann')
V('confirms 02', 'Accusé de réception de votre message', '"Mairie de Sorel" <accueil@mairie-sorel.example>', 'Madame, Monsieur,\n\nvotre message a bien été reçu par nos services.\n\nLa mairie de Sorel')
V('confirms 03', 'Vi har mottatt meldingen din', '"Kundesenter Lysvik" <post@lysvik-energi.example>', 'Hei,\n\nmeldingen din er registrert hos oss med saksnummer 88120.\n\nVisste du at du kan se saken din på Min side?\n\nHilsen Kundesenteret')
V('confirms 04', 'Ontvangstbevestiging van uw bericht', '"Gemeente Waardam" <balie@waardam.example>', 'Geachte heer, mevrouw,\n\nUw bericht is in goede orde ontvangen.\n\nNog vragen? Kijk op waardam.example.\n\nGemeente Waardam')
V('confirms 05', 'We have received your application', '"Talent team" <jobs@northquay.example>', 'Dear applicant,\n\nyour application has been received and is being reviewed. You will hear from us within two weeks.\n\nAny questions? Our careers page answers most of them.\n\nThe talent team')
V('confirms 06', '已收到您的来信', '=?utf-8?b?5bqU5LuY6LSm5qy+?= <ap@hongfa.example>', '您好：\n您的邮件已收到，我们将按流程处理，请耐心等待。\n\n应付账款组')
V('confirms 07', 'Please confirm your message', '"Ivor Maddox" <ivor@maddox-clocks.example>', 'I use a guard against unwanted mail. Your message "Invoice 311" is being held because your address is not among my senders.\n\nOpen this link once to have it delivered:\n\nhttps://guard.example/c?i=8812')
V('confirms 08', 'Acuse de recibo', '"Registro Valdeolmos" <registro@valdeolmos.example>', 'Su mensaje ha sido recibido en este registro con fecha 12 de mayo.\n\n¿Alguna duda? Llame al 900 000 112.')
V('confirms 11', 'Eingangsbestätigung', '"Ute Brandner" <u.brandner@postkorb.example>', 'Guten Tag,\n\nich warte seit zwei Wochen auf eine Eingangsbestätigung für meine Kündigung. Ist Ihre E-Mail-Adresse noch richtig?\n\nUte Brandner', auto=False)
V('confirms 12', 'Accusé de réception', '"Paul Guérin" <p.guerin@courriel.example>', "Bonjour,\n\nj'ai bien reçu votre message mais pas le colis qu'il annonce. Que faire ?\n\nPaul Guérin", auto=False)
V('confirms 13', 'We have received your parcel by mistake', '"Dora Penhale" <dora@cedarmail.example>', 'Hello, the driver left a parcel here that belongs to somebody else: I have it in the hall. Who picks it up?\nDora', auto=False)
V('confirms 14', '已收到您的货，少一箱', '=?utf-8?b?6LW15bu65Zu9?= <zhao.jg@lanyou.example>', '您好，货已收到，但是少了一箱，请尽快补发。\n赵建国', auto=False)
V('confirms 15', 'Did you know?', '"Hal Orme" <hal@cedarmail.example>', 'Did you know that your driver parks across my gate every morning? I cannot get my car out. Please talk to him.\nHal Orme', auto=False)
V('confirms 16', 'my message to your shop', '"Rhona Keel" <rhona@cedarmail.example>', 'Your message says my order is being held at customs. I have paid the duty on Friday, see https://customs.example/r/1. Please release it.\nRhona', auto=False)
V('confirms 17', 'Ontvangstbevestiging', '"Wim Hoekstra" <w.hoekstra@brievenbus.example>', 'Beste, ik heb nooit een ontvangstbevestiging gekregen voor de lamp die ik op 2 mei heb teruggestuurd. Hebben jullie hem ontvangen?\nWim', auto=False)
