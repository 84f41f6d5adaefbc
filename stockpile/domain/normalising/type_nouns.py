"""Nouns of lists that are no whole weapon: parts and accessories, ammunition, and other goods."""

from __future__ import annotations

from typing import Final

from stockpile.domain.normalising.wordings import folded


def _all(words: str) -> frozenset[str]:
    return frozenset(folded(one) for one in words.split(","))


PARTS: Final = _all("""
    part, parts, component, components, weapon part, weapon parts, weapon accessories,
    accessory, accessories, adapter, adaptor, adapter rail, aperture, arm, assembly tool, anvil,
    attachment, bag, band, base, battery, belt, bipod, blade, block, body, bolt, bolt assembly,
    bolt carrier, boresight, boresight kit, box, box magazine, brace, bracket, brake, brush,
    brush set, buffer, buffer assembly, burst, butt, buttstock, button, cam, cap, carrier,
    carrier assembly, carrying handle, case, catch, charging handle, cheek rest, clamp,
    cleaning kit, clip, collar, compensator, container, conversion kit, cover, cradle, crane,
    cylinder, dial, detent, disconnect, disconnector, drag bag, drum, dust cover, ejector,
    elevator, extension, extractor, feeder, feed tray, firing attachment, firing pin,
    flash hider, flash suppressor, floorplate, follower, fore end, fore grip, forearm, foregrip,
    forend, forward assist, forward assist assembly, frame, gas block, gas piston, gas tube,
    grip, guard, guide, hammer, hand guard, handguard, handle, handle assembly, heatshield,
    holder, holster, housing, index, indicator, insert, key, kit, knob, lanyard, laser, latch,
    leaf, leg, lever, light, light aiming module, link, lock, loop, lower, lower receiver, lug,
    magazine, magazines, maintenance kit, modification kit, mount, muzzle, muzzle brake, nut,
    opening tool, optic, optical sight, optics, pad, parts kit, pawl, piece, pin, pintle, plate,
    platform, plug, plunger, pouch, post, push rod, quick release, rack, rail, rail cover,
    rail interface system, ratchet, rear sight, receiver, red dot sight, release, repair kit,
    retainer, retention kit, ring, riflescope, rod, safety, safety indicator, scope, screw,
    sear, seat, selector, set, sight, sights, silencer, suppressor, sleeve, slide,
    slide assembly, sling, spring, stock, strap, strut, stud, support, swab, swivel,
    tactical light, telescope, tool, trigger, trigger assembly, tripod, tube, upper,
    upper receiver, washer, wedge, yoke, barrel, barrel assembly, bayonet catch, recoil pad,
    rail kit, front rail kit, barrels, bolts, receivers, slides, frames, stocks, streamlight,
    charger, pan, cocking handle, top cover, baseplate, night sight, telescopic sight,
    bore snake, red dot, mainspring, weapon shot counter, cartridge extractor,
    parts for weapons, gun parts, peca, pecas, acessorio, acessorios, carregador, carregadores,
    cano, canos, ferrolho, coronha, armacao, luneta, mira, silenciador, silenciadores,
    supressor, coldre, gatilho, culatra, tambor, kit de conversao, kit roni, bandoleira, mola,
    percussor, bipe, quebra chamas, punho, guarda mao, pieza, piezas, repuesto, repuestos,
    accesorio, accesorios, cargador, cargadores, canon de arma, cerrojo, culata,
    mira telescopica, mira optica, gatillo, bipode, tripode, empunadura, corredera, armazon,
    proveedor, proveedores, funda, pistolera, muelle, recamara, guardamanos, pieces,
    piece detachee, pieces detachees, accessoire, accessoires, chargeur, chargeurs, culasse,
    crosse, lunette, viseur, silencieux, canon, canons, etui, detente, bipied, trepied,
    carcasse, glissiere, poignee, ressort, percuteur, boite chargeur, fourreau, bretelle,
    garde main, деталь, детали, запасные части, магазин, магазины, ствол, стволы, затвор,
    приклад, прицел, глушитель, рамка, ствольная коробка, кобура, сошки, комплектующие, обойма,
    барабан, ударник, пружина, части, деталі, стволи, приціл, глушник, кожух, цівка, قطع غيار,
    قطعة غيار, مخزن, مخازن, مخزن ذخيرة, سبطانة, منظار, كاتم صوت, حامل, حزام, اجزاء, جراب, 弹匣,
    枪管, 瞄准镜, 消音器, 枪托, 零件, 部件, 配件, 弹夹, 枪机,
    sarjor, namlu, durbun, susturucu, dipcik, kabza,
    yedek parca, parca, kilif
""")
_ROUNDS: Final = """
    ammunition, ammo, munition, munitions, cartridge, cartridges, round, rounds, bullet,
    bullets, shell, shells, projectile, projectiles, grenade, grenades, hand grenade,
    smoke grenade, mine, mines, bomb, fuze, fuzes, detonator, detonators, explosive, explosives,
    propellant, gunpowder, powder, primer, primers, missile, rocket, rockets, mortar bomb,
    mortar bombs, mortar round, mortar rounds, rpg rocket, rpg round, rpg rounds, tnt, flare,
    flares, pyrotechnics, casing, casings, cartridge case, municao, municoes, cartucho,
    cartuchos, bala, balas, projetil, projeteis, estojo, estojos, granada, granadas,
    granada de mao, polvora, espoleta, espoletas, explosivo, explosivos, chumbo, dinamite,
    artefato explosivo, foguete, foguetes, mina, minas, bomba, bombas, material explosivo,
    municion, municiones, proyectil, proyectiles, vaina, vainas, granada de mano, dinamita,
    cohete, cohetes, cartouche, cartouches, balle, balles, obus, roquette, roquettes, douille,
    douilles, grenade a main, explosif, explosifs, poudre, detonateur, mine antipersonnel,
    патрон, патроны, боеприпасы, боеприпас, граната, гранаты, снаряд, снаряды, мина, мины,
    порох, взрывчатка, взрывчатое вещество, взрывное устройство, пули, пуля, гильза, гильзы,
    тротил, детонатор, набої, набій, боєприпаси, снаряди, вибухівка, патрони, ذخيرة, ذخائر,
    طلقة, طلقات, رصاص, قنبلة, قنابل, قذيفة, قذائف, لغم, ألغام, رمانة يدوية, رمانات, متفجرات,
    صاروخ, صواريخ, بارود, خرطوشة, 弹药, 子弹, 手榴弹, 炮弹, 地雷, 炸药, 火箭弹, 雷管, 枪弹,
    muhimmat, mermi, fisek,
    el bombasi, mayin
"""
_OTHER: Final = """
    camouflage, camouflage net, camouflage screen, camouflage net system,
    camouflage screening system, decoy, knife, knives, knife combat, bayonet, bayonets,
    bayonet knife, sword, machete, axe, grapnel, shield, stun, prison worn stun device, taser,
    baton, net, netting, screen, helmet, body armor, body armour, vest, bulletproof vest, radio,
    vehicle, vehicles, drone, drug, drugs, crossbow, bow, pepper spray, handcuffs, binoculars,
    night vision, containment system, tie wrap, crossbows, decoys, arma branca, armas brancas,
    faca, facao, canivete, punhal, colete, colete balistico, capacete, veiculo, droga, drogas,
    radio comunicador, arco, besta, spray de pimenta, arma blanca, armas blancas, cuchillo,
    chaleco, casco, vehiculo, ballesta, arme blanche, armes blanches, couteau, poignard, sabre,
    gilet, gilet pare balles, casque, vehicule, arbalete, matraque, нож, ножи, кинжал, сабля,
    арбалет, холодное оружие, бронежилет, штык, штык нож, ніж, холодна зброя, سكين, سكاكين, سيف,
    خنجر, درع, خوذة, حربة, 刀, 匕首, 刺刀, 弩, 防弹衣, bicak, kilic, hancer, celik yelek, kasatura
"""
AMMUNITION: Final = _all(_ROUNDS)
OTHER_GOODS: Final = AMMUNITION | _all(_OTHER)
ANY_WEAPON: Final = _all("""
    вогнепальна, огнестрельная, other firearm, other firearms, any other weapon, semi auto,
    semi automatic, automatic, antique, antique firearm, destructive device,
    arma de fogo, armas de fogo, arma, armas, firearm, firearms, fire arm, weapon, weapons, gun,
    guns, arma de fuego, armas de fuego, arme a feu, armes a feu, arme, armes, оружие,
    огнестрельное оружие, зброя, вогнепальна зброя, سلاح, أسلحة, سلاح ناري, أسلحة نارية,
    small arm, small arms, light weapon, light weapons, salw, small arms and light weapons,
    armas leves, armas ligeras, armas pequenas, armes legeres, armes de petit calibre, alpc,
    арме, стрелковое оружие, боевое оружие, нарезное и гладкоствольное, служебное оружие,
    гражданское оружие, охотничье оружие, мисливська зброя, 枪, 枪支, 槍支, 武器, 轻武器, 火器,
    silah,
    atesli
    silah, waffe, schusswaffe, arma da fuoco, hunting weapon, sporting weapon,
    sporting gun, military weapon, arma de guerra, arme de guerre, arma deportiva,
    arma esportiva, arme de chasse, arma de caza, arma de caca, arma de uso restrito,
    arma de uso permitido, miscellaneous weapons, other weapon, other weapons,
    guns through 30mm, guns through 30 mm, long arm, long arms, short arm, short arms
""")
JOINING: Final = _all(
    "com, with, con, avec, w, de, da, do, para, for, pour, для, مع, sans, sin, sem, without,"
    "and, e, y, et"
)
GENERAL: Final = _all("""
    long gun, handgun, hand gun, arma longa, arma larga, arma curta, arma corta, arme longue,
    arme de poing, arme d epaule, long arm, short arm, armas largas, armas cortas
""")
"""Words for a length rather than a type: a finer word after them is meant."""
DUMMIES: Final = _all("""
    dummy, inert, replica, imitation, training, toy, airsoft, paintball, paint ball,
    blank firing, alarm, plastic, rubber duck, simulacro, brinquedo, pressao, replique, factice,
    juguete, fogueo, alarme, blank, deactivated, pellet, bb, air, ar comprimido, aire comprimido,
    air comprime, газовый, травматический, сигнальный, пневматический, пневматическая, макет,
    учебный, hava, havali, صوت, تدريب, газовий, травматичний, сигнальний, пневматичний,
    пневматична, стартовий, стартовый, холостой, охолощенный, охолощенное
""")
CRAFTED: Final = _all("""
    caseira, caseiro, artesanal, artesanais, hechiza, hechizo, artisanal, artisanale,
    artisanaux, homemade, home made, craft, craft made, improvised, 3d printed, handmade,
    locally made, самодельный,
    самодельное, самодельная, саморобний, саморобна, саморобне, محلي, fabricacao caseira,
    fabricacao artesanal, fabrication artisanale, fabricacion artesanal, fabricacion casera, 自制,
    土制
""")
