<?php

function register($params)
{
    ['email' => $email, 'password' => $secret] = $params;
    [$first, $second] = split($email);

    return create($first, $second, $secret);
}
